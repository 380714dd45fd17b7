"""lost_notify (Farchi, Nir and Ur, Concurrent bug patterns, 2003; JaConTeBe's wait-notify deadlocks).

The waiter waits without asking whether it already happened: a notify that comes first is lost.
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
    """Wait, whatever happened before."""
    state = SimpleNamespace(ready=False, woken=False)
    condition = threading.Condition()

    def wait() -> None:
        with condition:
            condition.wait()
            state.woken = True

    def signal() -> None:
        with condition:
            state.ready = True
            condition.notify()

    run_threads([wait, signal])
    return state.woken


def fixed() -> object:
    """Wait while it has not happened."""
    state = SimpleNamespace(ready=False, woken=False)
    condition = threading.Condition()

    def wait() -> None:
        with condition:
            while not state.ready:
                condition.wait()
            state.woken = True

    def signal() -> None:
        with condition:
            state.ready = True
            condition.notify()

    run_threads([wait, signal])
    return state.woken


def fails(observation: object) -> bool:
    """The waiter did not come through; the deadlock gives no observation at all."""
    return observation is not True
