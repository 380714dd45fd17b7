# right: ProcessPoolExecutor.map
from concurrent.futures import ProcessPoolExecutor


def parallel_map(function, items, *, workers):
    with ProcessPoolExecutor(max_workers=workers) as executor:
        return list(executor.map(function, items))
