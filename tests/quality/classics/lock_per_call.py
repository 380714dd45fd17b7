"""lock_per_call (a beginner's classic).

Each call makes a lock of its own, which nobody else ever asks for.
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
    """A new lock for each call."""
    state = SimpleNamespace(counter=0)

    def increment() -> None:
        own_lock = threading.Lock()
        with own_lock:
            state.counter += 1

    run_threads([increment, increment])
    return state.counter


def fixed() -> object:
    """One lock for all calls."""
    state = SimpleNamespace(counter=0)
    lock = threading.Lock()

    def increment() -> None:
        with lock:
            state.counter += 1

    run_threads([increment, increment])
    return state.counter


def fails(observation: object) -> bool:
    """An increment was lost."""
    return observation != 2
