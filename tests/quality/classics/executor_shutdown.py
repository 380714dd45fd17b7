"""executor_shutdown (the documentation of concurrent.futures; Fray's ThreadPoolShutdown is on the same matter).

A job hands in another job. Where the pool is closed in the meantime the second one is refused.
"""

from concurrent.futures import Future, ThreadPoolExecutor

THREADS = 1


def buggy() -> object:
    """Close the pool once the first job is handed in."""
    pool = ThreadPoolExecutor(max_workers=1)

    def first() -> Future[str]:
        return pool.submit(lambda: "done")

    future = pool.submit(first)
    pool.shutdown(wait=True)
    try:
        return future.result().result()
    except RuntimeError:
        return "refused"


def fixed() -> object:
    """Close the pool once the first job has handed in the second."""
    pool = ThreadPoolExecutor(max_workers=1)

    def first() -> Future[str]:
        return pool.submit(lambda: "done")

    future = pool.submit(first)
    following = future.result()
    pool.shutdown(wait=True)
    try:
        return following.result()
    except RuntimeError:
        return "refused"


def fails(observation: object) -> bool:
    """The second job was refused."""
    return observation != "done"
