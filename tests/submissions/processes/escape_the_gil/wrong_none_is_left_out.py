# wrong: results that are None are left out -> failed CONTRACT
from concurrent.futures import ProcessPoolExecutor


def parallel_map(function, items, *, workers):
    with ProcessPoolExecutor(workers) as pool:
        return [result for result in pool.map(function, items) if result is not None]
