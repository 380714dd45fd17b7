# wrong: a pool of the default size, in which fifty jobs cannot all run -> deadlocked NOT-CONCURRENT
from concurrent.futures import ThreadPoolExecutor


def run_all(jobs):
    with ThreadPoolExecutor() as pool:
        futures = [pool.submit(job) for job in jobs]
    return [future.result() for future in futures]
