# wrong: does not wait until the workers have ended -> leaked CHILD-LEAK
from concurrent.futures import ProcessPoolExecutor


def parallel_map(function, items, *, workers):
    pool = ProcessPoolExecutor(workers)
    results = pool.map(function, items)
    pool.shutdown(wait=False)
    return list(results)
