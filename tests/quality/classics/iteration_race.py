"""iteration_race (JaConTeBe's DBCP-369: ConcurrentModificationException).

One thread walks through a dictionary while another one adds to it.
"""

import threading
from collections.abc import Callable, Iterable

THREADS = 2


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def buggy() -> object:
    """Walk through the dictionary itself."""
    sessions = {"ada": 1, "bob": 2}
    errors: list[str] = []

    def count() -> None:
        total = 0
        try:
            for number in sessions.values():
                total += number
        except RuntimeError as error:
            errors.append(str(error))

    def add() -> None:
        sessions["eve"] = 4

    run_threads([count, add])
    return errors


def fixed() -> object:
    """Walk and add under one lock."""
    sessions = {"ada": 1, "bob": 2}
    errors: list[str] = []
    lock = threading.Lock()

    def count() -> None:
        total = 0
        try:
            with lock:
                for number in sessions.values():
                    total += number
        except RuntimeError as error:
            errors.append(str(error))

    def add() -> None:
        with lock:
            sessions["eve"] = 4

    run_threads([count, add])
    return errors


def fails(observation: object) -> bool:
    """The dictionary changed under the walk."""
    return observation != []
