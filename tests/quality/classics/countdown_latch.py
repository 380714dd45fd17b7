"""countdown_latch (textbook; a home-made java.util.concurrent.CountDownLatch).

Two workers count down without a lock: a lost decrement leaves the count above zero, and the gate stays shut.
"""

import threading
from collections.abc import Callable, Iterable
from types import SimpleNamespace

WORKERS = 2
THREADS = WORKERS + 1
DEADLOCKS = True


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def buggy() -> object:
    """Count down without a lock."""
    state = SimpleNamespace(remaining=WORKERS, passed=False)
    gate = threading.Event()

    def work() -> None:
        state.remaining -= 1
        if state.remaining == 0:
            gate.set()

    def wait() -> None:
        gate.wait()
        state.passed = True

    run_threads([work] * WORKERS + [wait])
    return state.passed


def fixed() -> object:
    """Count down under a lock."""
    state = SimpleNamespace(remaining=WORKERS, passed=False)
    gate = threading.Event()
    lock = threading.Lock()

    def work() -> None:
        with lock:
            state.remaining -= 1
            if state.remaining == 0:
                gate.set()

    def wait() -> None:
        gate.wait()
        state.passed = True

    run_threads([work] * WORKERS + [wait])
    return state.passed


def fails(observation: object) -> bool:
    """The gate did not open; the deadlock gives no observation at all."""
    return observation is not True
