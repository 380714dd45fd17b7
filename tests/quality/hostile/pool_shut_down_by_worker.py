"""A worker shuts its own pool down and waits for itself."""

from concurrent.futures import ThreadPoolExecutor

EXPECT = "returned"
VALUE = "RuntimeError"


def scenario() -> object:
    pool = ThreadPoolExecutor(max_workers=1)
    error = pool.submit(pool.shutdown).exception()
    pool.shutdown()
    return type(error).__name__
