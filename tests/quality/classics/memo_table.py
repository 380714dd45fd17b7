"""memo_table (textbook: put if absent).

Both threads find no list under the key, both put one there, and what was added to the first list is gone.
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
    """Ask, put, add."""
    table: dict[str, list[int]] = {}

    def add(number: int) -> None:
        if "key" not in table:
            table["key"] = []
        table["key"].append(number)

    run_threads([lambda: add(1), lambda: add(2)])
    return sorted(table["key"])


def fixed() -> object:
    """`setdefault` asks and puts in one step."""
    table: dict[str, list[int]] = {}

    def add(number: int) -> None:
        table.setdefault("key", []).append(number)

    run_threads([lambda: add(1), lambda: add(2)])
    return sorted(table["key"])


def fails(observation: object) -> bool:
    """A number is gone."""
    return observation != [1, 2]
