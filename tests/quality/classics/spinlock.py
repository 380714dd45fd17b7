"""spinlock (textbook; CHESS's fairness programs).

A home-made lock waits until a flag is down and then raises it: two threads can both see it down. The right one takes
a real lock without blocking, which is one step, and spins all the same.
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
    """Test, then set."""
    state = SimpleNamespace(held=False, counter=0)

    def increment() -> None:
        while state.held:
            pass
        state.held = True
        state.counter += 1
        state.held = False

    run_threads([increment, increment])
    return state.counter


def fixed() -> object:
    """Test and set in one step."""
    state = SimpleNamespace(counter=0)
    held = threading.Lock()

    def increment() -> None:
        while not held.acquire(blocking=False):
            pass
        state.counter += 1
        held.release()

    run_threads([increment, increment])
    return state.counter


def fails(observation: object) -> bool:
    """An increment was lost."""
    return observation != 2
