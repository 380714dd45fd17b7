"""semaphore_over_release (textbook: a pattern of connection pools).

`finally: release()` also runs where nothing was acquired. The permit that is given back too much lets a second one
in.
"""

import threading
from collections.abc import Callable, Iterable
from types import SimpleNamespace

THREADS = 3


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def use(state: SimpleNamespace) -> None:
    """Be inside for a moment, and note how many were inside at the same time."""
    with state.lock:
        state.inside += 1
        state.most = max(state.most, state.inside)
    with state.lock:
        state.inside -= 1


def buggy() -> object:
    """Release in any case."""
    state = SimpleNamespace(inside=0, most=0, lock=threading.Lock())
    permit = threading.Semaphore(1)

    def work() -> None:
        try:
            if permit.acquire(blocking=False):
                use(state)
        finally:
            permit.release()

    run_threads([work] * THREADS)
    return state.most


def fixed() -> object:
    """Release what was acquired."""
    state = SimpleNamespace(inside=0, most=0, lock=threading.Lock())
    permit = threading.Semaphore(1)

    def work() -> None:
        if permit.acquire(blocking=False):
            try:
                use(state)
            finally:
                permit.release()

    run_threads([work] * THREADS)
    return state.most


def fails(observation: object) -> bool:
    """Two were inside with one permit."""
    return observation != 1
