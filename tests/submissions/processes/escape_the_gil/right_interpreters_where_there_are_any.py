# right: sub-interpreters from Python 3.14 on, processes before
try:
    from concurrent.futures import InterpreterPoolExecutor as Executor
except ImportError:
    from concurrent.futures import ProcessPoolExecutor as Executor


def parallel_map(function, items, *, workers):
    with Executor(max_workers=workers) as pool:
        return list(pool.map(function, items))
