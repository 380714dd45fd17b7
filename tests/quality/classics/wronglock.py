"""wronglock (SCTBench, CS suite).

One thread increments under the right lock and checks the result; 7 others increment under another lock, which
excludes nobody here.
"""

import threading
from collections.abc import Callable, Iterable
from types import SimpleNamespace

OTHERS = 7
THREADS = 1 + OTHERS


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def increments(checker_lock: threading.Lock, other_lock: threading.Lock) -> object:
    """Increment from all threads, and return how far the checker's own increment moved the value."""
    data = SimpleNamespace(value=0, moved=0)

    def check() -> None:
        with checker_lock:
            before = data.value
            data.value += 1
            data.moved = data.value - before

    def increment() -> None:
        with other_lock:
            data.value += 1

    run_threads([check] + [increment] * OTHERS)
    return data.moved


def buggy() -> object:
    """Two locks guard one value."""
    return increments(threading.Lock(), threading.Lock())


def fixed() -> object:
    """One lock guards the value."""
    lock = threading.Lock()
    return increments(lock, lock)


def fails(observation: object) -> bool:
    """The value moved under the checker's lock by something else than the checker's increment."""
    return observation != 1
