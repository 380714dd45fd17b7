"""nested_monitor (Lister, "The problem of nested monitor calls", 1977).

The waiter waits on the inner condition, which gives the inner lock back, but it keeps the outer lock, which the other
one needs to wake it.
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
    """Wait inside of both locks."""
    state = SimpleNamespace(ready=False, seen=False)
    outer = threading.Lock()
    inner = threading.Condition()

    def wait() -> None:
        with outer, inner:
            while not state.ready:
                inner.wait()
            state.seen = True

    def signal() -> None:
        with outer, inner:
            state.ready = True
            inner.notify()

    run_threads([wait, signal])
    return state.seen


def fixed() -> object:
    """Wait before the outer lock is taken."""
    state = SimpleNamespace(ready=False, seen=False)
    outer = threading.Lock()
    inner = threading.Condition()

    def wait() -> None:
        with inner:
            while not state.ready:
                inner.wait()
        with outer, inner:
            state.seen = True

    def signal() -> None:
        with outer, inner:
            state.ready = True
            inner.notify()

    run_threads([wait, signal])
    return state.seen


def fails(observation: object) -> bool:
    """The waiter did not come through; the deadlock gives no observation at all."""
    return observation is not True
