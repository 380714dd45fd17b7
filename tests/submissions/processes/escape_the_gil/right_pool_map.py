# right: Pool.map in chunks of one, closed and joined
from multiprocessing import Pool


def parallel_map(function, items, *, workers):
    pool = Pool(workers)
    try:
        return pool.map(function, items, chunksize=1)
    finally:
        pool.close()
        pool.join()
