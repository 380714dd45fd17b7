"""reorder_3 (SCTBench, CS suite).

Each of 2 setters writes `a` and then `b`; the checker may see the first write without the second.
"""

import threading
from collections.abc import Callable, Iterable
from types import SimpleNamespace

SETTERS = 2
CHECKERS = 1
THREADS = SETTERS + CHECKERS


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def buggy() -> object:
    """The two writes are two steps, and nothing keeps them together."""
    pair = SimpleNamespace(a=0, b=0)
    verdicts: list[bool] = []

    def set_both() -> None:
        pair.a = 1
        pair.b = -1

    def check() -> None:
        verdicts.append((pair.a == 0 and pair.b == 0) or (pair.a == 1 and pair.b == -1))

    run_threads([set_both] * SETTERS + [check] * CHECKERS)
    return verdicts.count(False)


def fixed() -> object:
    """One lock keeps both writes together, and both reads."""
    pair = SimpleNamespace(a=0, b=0)
    verdicts: list[bool] = []
    lock = threading.Lock()

    def set_both() -> None:
        with lock:
            pair.a = 1
            pair.b = -1

    def check() -> None:
        with lock:
            verdicts.append((pair.a == 0 and pair.b == 0) or (pair.a == 1 and pair.b == -1))

    run_threads([set_both] * SETTERS + [check] * CHECKERS)
    return verdicts.count(False)


def fails(observation: object) -> bool:
    """A checker saw half of an update."""
    return observation != 0
