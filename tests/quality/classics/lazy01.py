"""lazy01 (SCTBench, CS suite, from Inspect).

The checker takes for granted that it runs before both adders are done; the lock excludes, but it does not order.
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


def buggy() -> object:
    """Nothing makes the checker come first."""
    data = SimpleNamespace(value=0, seen=0)
    lock = threading.Lock()

    def add_one() -> None:
        with lock:
            data.value += 1

    def add_two() -> None:
        with lock:
            data.value += 2

    def check() -> None:
        with lock:
            data.seen = data.value

    run_threads([add_one, add_two, check])
    return data.seen


def fixed() -> object:
    """The second adder waits until the check is done."""
    data = SimpleNamespace(value=0, seen=0)
    lock = threading.Lock()
    checked = threading.Event()

    def add_one() -> None:
        with lock:
            data.value += 1

    def add_two() -> None:
        checked.wait()
        with lock:
            data.value += 2

    def check() -> None:
        with lock:
            data.seen = data.value
        checked.set()

    run_threads([add_one, add_two, check])
    return data.seen


def fails(observation: object) -> bool:
    """The checker saw both additions."""
    return observation == 3
