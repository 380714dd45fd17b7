# wrong: map cancels the jobs that have not begun when an earlier one raises -> failed CONTRACT
from concurrent.futures import ThreadPoolExecutor


def run_all(jobs):
    with ThreadPoolExecutor(max_workers=len(jobs) or 1) as pool:
        return list(pool.map(lambda job: job(), jobs))
