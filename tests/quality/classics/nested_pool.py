"""nested_pool (the documentation of concurrent.futures: a pool that waits for itself).

A job waits for another job of the same pool, which has one worker: nobody is left to do it, in every schedule.
"""

from concurrent.futures import ThreadPoolExecutor

THREADS = 2
DEADLOCKS = True


def nest(workers: int) -> object:
    """Run a job that waits for a job, in a pool of so many workers."""
    with ThreadPoolExecutor(max_workers=workers) as pool:

        def outer() -> int:
            return pool.submit(lambda: 41).result() + 1

        return pool.submit(outer).result()


def buggy() -> object:
    """One worker."""
    return nest(1)


def fixed() -> object:
    """A worker for each job."""
    return nest(2)


def fails(observation: object) -> bool:
    """The jobs did not come through; the deadlock gives no observation at all."""
    return observation != 42
