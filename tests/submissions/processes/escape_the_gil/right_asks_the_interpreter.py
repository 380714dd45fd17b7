# right: threads where there is no GIL, processes where there is one
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor


def parallel_map(function, items, *, workers):
    has_gil = getattr(sys, "_is_gil_enabled", lambda: True)()
    executor = ProcessPoolExecutor if has_gil else ThreadPoolExecutor
    with executor(max_workers=workers) as pool:
        return list(pool.map(function, items))
