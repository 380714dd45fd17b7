# right: Pool.imap; leaving the with block ends the workers
from multiprocessing import Pool


def parallel_map(function, items, *, workers):
    with Pool(workers) as pool:
        return list(pool.imap(function, items))
