"""A job waits for a job of the same pool, which has one worker."""

from concurrent.futures import ThreadPoolExecutor

EXPECT = "stuck"


def scenario() -> object:
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(lambda: pool.submit(int, "7").result()).result()
