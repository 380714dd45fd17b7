"""future_callback (concurrent.futures: results come before callbacks).

`result()` comes back as soon as the value is set; callbacks run after that, in the worker.
"""

import threading
from concurrent.futures import Future, ThreadPoolExecutor

THREADS = 1


def buggy() -> object:
    """Read what the callback writes after `result()`."""
    written: list[int] = []
    with ThreadPoolExecutor(max_workers=1) as pool:
        future = pool.submit(lambda: 42)
        future.add_done_callback(lambda done: written.append(done.result()))
        future.result()
        return list(written)


def fixed() -> object:
    """Wait for the callback itself."""
    written: list[int] = []
    called = threading.Event()

    def write(done: Future[int]) -> None:
        written.append(done.result())
        called.set()

    with ThreadPoolExecutor(max_workers=1) as pool:
        future = pool.submit(lambda: 42)
        future.add_done_callback(write)
        future.result()
        called.wait()
        return list(written)


def fails(observation: object) -> bool:
    """The callback had not run yet."""
    return observation != [42]
