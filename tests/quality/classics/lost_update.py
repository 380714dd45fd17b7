"""lost_update (textbook: a counter without a lock).

`+=` reads, adds and writes; two threads that read the same number write the same number.
"""

import threading
from collections.abc import Callable, Iterable
from types import SimpleNamespace

ROUNDS = 2
THREADS = 2


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def buggy() -> object:
    """Add without a lock."""
    state = SimpleNamespace(counter=0)

    def increment() -> None:
        for _ in range(ROUNDS):
            state.counter += 1

    run_threads([increment, increment])
    return state.counter


def fixed() -> object:
    """Add under a lock."""
    state = SimpleNamespace(counter=0)
    lock = threading.Lock()

    def increment() -> None:
        for _ in range(ROUNDS):
            with lock:
                state.counter += 1

    run_threads([increment, increment])
    return state.counter


def fails(observation: object) -> bool:
    """An increment was lost."""
    return observation != THREADS * ROUNDS
