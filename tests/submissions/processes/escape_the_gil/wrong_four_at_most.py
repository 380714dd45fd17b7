# wrong: never more than four workers -> failed NOT-CONCURRENT
from concurrent.futures import ProcessPoolExecutor


def parallel_map(function, items, *, workers):
    if workers < 1:
        raise ValueError(workers)
    with ProcessPoolExecutor(min(workers, 4)) as pool:
        return list(pool.map(function, items))
