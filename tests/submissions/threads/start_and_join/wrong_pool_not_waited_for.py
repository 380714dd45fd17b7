# wrong: shuts the pool down without waiting -> leaked THREAD-LEAK
from concurrent.futures import ThreadPoolExecutor, wait


def run_all(jobs):
    pool = ThreadPoolExecutor(max_workers=len(jobs) or 1)
    futures = [pool.submit(job) for job in jobs]
    wait(futures)
    pool.shutdown(wait=False)
    return [future.result() for future in futures]
