# wrong: imap_unordered -> failed RESULT-ORDER
from multiprocessing import Pool


def parallel_map(function, items, *, workers):
    with Pool(workers) as pool:
        return list(pool.imap_unordered(function, items))
