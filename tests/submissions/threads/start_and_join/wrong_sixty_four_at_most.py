# wrong: a pool of at most 64 threads -> deadlocked NOT-CONCURRENT
from concurrent.futures import ThreadPoolExecutor
def run_all(jobs):
    if not jobs: return []
    with ThreadPoolExecutor(max_workers=64) as pool:
        fs = [pool.submit(j) for j in jobs]
    return [f.result() for f in fs]
