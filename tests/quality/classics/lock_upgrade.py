"""lock_upgrade (textbook: two readers that both want to become the writer).

Each keeps its read lock while it waits to be the only reader left.
"""

import threading
from collections.abc import Callable, Iterable
from types import SimpleNamespace

THREADS = 2
DEADLOCKS = True


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def buggy() -> object:
    """Ask for more and keep what you have."""
    state = SimpleNamespace(readers=0, value=0)
    condition = threading.Condition()

    def increment() -> None:
        with condition:
            state.readers += 1
        value = state.value
        with condition:
            while state.readers > 1:
                condition.wait()
            state.value = value + 1
            state.readers -= 1
            condition.notify_all()

    run_threads([increment, increment])
    return state.value


def fixed() -> object:
    """Give the read lock back, ask anew, and read anew."""
    state = SimpleNamespace(readers=0, value=0)
    condition = threading.Condition()

    def increment() -> None:
        with condition:
            state.readers += 1
        with condition:
            state.readers -= 1
            condition.notify_all()
            while state.readers > 0:
                condition.wait()
            state.value += 1

    run_threads([increment, increment])
    return state.value


def fails(observation: object) -> bool:
    """An increment was lost; the deadlock gives no observation at all."""
    return observation != 2
