# wrong: forgets to hand the number of workers on, and has one -> failed NOT-CONCURRENT
from concurrent.futures import ProcessPoolExecutor


def parallel_map(function, items, *, workers):
    if workers < 1:
        raise ValueError("workers")
    with ProcessPoolExecutor(max_workers=1) as pool:
        return list(pool.map(function, items))
