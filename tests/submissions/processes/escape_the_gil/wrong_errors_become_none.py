# wrong: an item that raises leaves None among the results -> failed EXCEPTION-LOST
from concurrent.futures import ProcessPoolExecutor


def parallel_map(function, items, *, workers):
    with ProcessPoolExecutor(workers) as pool:
        futures = [pool.submit(function, item) for item in items]
    return [None if future.exception() else future.result() for future in futures]
