# wrong: with one worker or one item the calls run in the caller's own interpreter -> failed CONTRACT
from concurrent.futures import ProcessPoolExecutor


def parallel_map(function, items, *, workers):
    items = list(items)
    if workers == 1 or len(items) == 1:
        return [function(item) for item in items]
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(function, items))
