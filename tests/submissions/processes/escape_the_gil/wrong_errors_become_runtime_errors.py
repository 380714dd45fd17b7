# wrong: the caller gets another exception than the function raised -> failed EXCEPTION-LOST
from concurrent.futures import ProcessPoolExecutor


def parallel_map(function, items, *, workers):
    with ProcessPoolExecutor(workers) as pool:
        futures = [pool.submit(function, item) for item in items]
        try:
            return [future.result() for future in futures]
        except Exception as error:
            raise RuntimeError(f"a worker failed: {error}") from error
