# wrong: takes the results as they come -> failed RESULT-ORDER
from concurrent.futures import ThreadPoolExecutor, as_completed


def run_all(jobs):
    if not jobs:
        return []
    with ThreadPoolExecutor(max_workers=len(jobs)) as pool:
        futures = [pool.submit(job) for job in jobs]
        return [future.result() for future in as_completed(futures)]
