# wrong: wants to know how many items there are, and a generator cannot say -> failed CONTRACT
from concurrent.futures import ProcessPoolExecutor


def parallel_map(function, items, *, workers):
    if workers < 1:
        raise ValueError("no workers")
    if len(items) == 0:
        return []
    with ProcessPoolExecutor(min(workers, len(items))) as pool:
        return list(pool.map(function, items))
