"""A pool with an idle worker is kept and never shut down."""

from concurrent.futures import ThreadPoolExecutor

EXPECT = "left-alive"


POOLS: list[ThreadPoolExecutor] = []


def scenario() -> object:
    pool = ThreadPoolExecutor(max_workers=1)
    POOLS.append(pool)
    return pool.submit(int, "7").result()
