# wrong: threads of one interpreter take turns at its GIL -> failed NOT-CONCURRENT
from concurrent.futures import ThreadPoolExecutor


def parallel_map(function, items, *, workers):
    with ThreadPoolExecutor(max_workers=workers) as pool:
        return list(pool.map(function, items))
