# wrong: results in a dictionary by item -> failed CONTRACT
from concurrent.futures import ProcessPoolExecutor


def parallel_map(function, items, *, workers):
    items = list(items)
    with ProcessPoolExecutor(workers) as pool:
        futures = {item: pool.submit(function, item) for item in items}
        return [futures[item].result() for item in items]
