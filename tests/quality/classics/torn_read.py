"""torn_read (JaConTeBe's DBCP-271: inconsistent synchronisation).

The writer holds the lock over both fields; the reader does not ask for it and reads one field before and one after
the update.
"""

import threading
from collections.abc import Callable, Iterable
from types import SimpleNamespace

THREADS = 2


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def buggy() -> object:
    """Read without the lock."""
    span = SimpleNamespace(low=0, high=10)
    lock = threading.Lock()
    seen: list[int] = []

    def move() -> None:
        with lock:
            span.low = 20
            span.high = 30

    def measure() -> None:
        seen.append(span.high - span.low)

    run_threads([move, measure])
    return seen


def fixed() -> object:
    """Read under the lock."""
    span = SimpleNamespace(low=0, high=10)
    lock = threading.Lock()
    seen: list[int] = []

    def move() -> None:
        with lock:
            span.low = 20
            span.high = 30

    def measure() -> None:
        with lock:
            seen.append(span.high - span.low)

    run_threads([move, measure])
    return seen


def fails(observation: object) -> bool:
    """The span has a length that it never had."""
    return observation != [10]
