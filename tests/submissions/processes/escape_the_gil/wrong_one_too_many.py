# wrong: lets the caller's thread count as no worker and adds one -> failed CONTRACT
from multiprocessing import Pool


def parallel_map(function, items, *, workers):
    if workers <= 0:
        raise ValueError("workers must be positive")
    with Pool(workers + 1) as pool:
        return pool.map(function, items, chunksize=1)
