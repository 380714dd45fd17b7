# wrong: keeps the pool for the next call -> leaked CHILD-LEAK
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache


@lru_cache
def _pool(workers):
    return ProcessPoolExecutor(workers)


def parallel_map(function, items, *, workers):
    return list(_pool(workers).map(function, items))
