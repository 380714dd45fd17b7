# wrong: takes no workers for one -> failed CONTRACT
from concurrent.futures import ProcessPoolExecutor


def parallel_map(function, items, *, workers):
    with ProcessPoolExecutor(max(1, workers)) as pool:
        return list(pool.map(function, items))
