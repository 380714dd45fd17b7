# wrong: waits for each result before it submits the next item -> failed NOT-CONCURRENT
from concurrent.futures import ProcessPoolExecutor


def parallel_map(function, items, *, workers):
    with ProcessPoolExecutor(workers) as pool:
        return [pool.submit(function, item).result() for item in items]
