"""twostage_100 (SCTBench, CS suite).

99 writers set the first value under one lock and the second under another; the reader may come between the two
stages.
"""

import threading
from collections.abc import Callable, Iterable
from types import SimpleNamespace

WRITERS = 99
THREADS = WRITERS + 1


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def buggy() -> object:
    """The first lock is given back before the second stage is done."""
    data = SimpleNamespace(first=0, second=0)
    first_lock = threading.Lock()
    second_lock = threading.Lock()
    seen: list[list[int]] = []

    def write() -> None:
        with first_lock:
            data.first = 1
        with second_lock:
            data.second = data.first + 1

    def read() -> None:
        with first_lock:
            if data.first == 0:
                return
            first = data.first
        with second_lock:
            second = data.second
        seen.append([first, second])

    run_threads([write] * WRITERS + [read])
    return seen


def fixed() -> object:
    """The first lock is held until the second stage is done, by the writers and by the reader."""
    data = SimpleNamespace(first=0, second=0)
    first_lock = threading.Lock()
    second_lock = threading.Lock()
    seen: list[list[int]] = []

    def write() -> None:
        with first_lock:
            data.first = 1
            with second_lock:
                data.second = data.first + 1

    def read() -> None:
        with first_lock:
            if data.first == 0:
                return
            first = data.first
            with second_lock:
                second = data.second
        seen.append([first, second])

    run_threads([write] * WRITERS + [read])
    return seen


def fails(observation: object) -> bool:
    """The reader saw the first stage without the second."""
    return observation not in ([], [[1, 2]])
