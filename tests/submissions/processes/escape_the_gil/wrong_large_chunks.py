# wrong: cuts the items into one chunk for each worker; who is through has nothing left to do -> failed NOT-CONCURRENT
import math
from multiprocessing import Pool


def parallel_map(function, items, *, workers):
    items = list(items)
    pool = Pool(workers)
    try:
        return pool.map(function, items, chunksize=max(1, math.ceil(len(items) / workers)))
    finally:
        pool.close()
        pool.join()
