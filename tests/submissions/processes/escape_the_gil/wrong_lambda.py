# wrong: sends the workers a lambda, which cannot be pickled -> failed PICKLE
from multiprocessing import Pool


def parallel_map(function, items, *, workers):
    with Pool(workers) as pool:
        return pool.map(lambda item: (item, function(item))[1], items, chunksize=1)
