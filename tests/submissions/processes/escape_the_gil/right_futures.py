# right: a list of futures, each asked in turn
from concurrent.futures import ProcessPoolExecutor


def parallel_map(function, items, *, workers):
    if workers < 1:
        raise ValueError(f"workers must be at least 1, not {workers}")
    with ProcessPoolExecutor(workers) as pool:
        futures = [pool.submit(function, item) for item in items]
        return [future.result() for future in futures]
