"""deadlock01 (SCTBench, CS suite).

Two threads take the same two locks in opposite order.
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
    """One takes a then b, the other b then a."""
    data = SimpleNamespace(counter=1)
    a = threading.Lock()
    b = threading.Lock()

    def up() -> None:
        with a, b:
            data.counter += 1

    def down() -> None:
        with b, a:
            data.counter -= 1

    run_threads([up, down])
    return data.counter


def fixed() -> object:
    """Both take a then b."""
    data = SimpleNamespace(counter=1)
    a = threading.Lock()
    b = threading.Lock()

    def up() -> None:
        with a, b:
            data.counter += 1

    def down() -> None:
        with a, b:
            data.counter -= 1

    run_threads([up, down])
    return data.counter


def fails(observation: object) -> bool:
    """An update was lost; the deadlock gives no observation at all."""
    return observation != 1
