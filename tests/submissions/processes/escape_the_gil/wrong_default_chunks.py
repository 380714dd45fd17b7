# wrong: map with chunks of several items -> failed NOT-CONCURRENT
from multiprocessing import Pool
def parallel_map(function, items, *, workers):
    pool = Pool(workers)
    try:
        return pool.map(function, items)
    finally:
        pool.close()
        pool.join()
