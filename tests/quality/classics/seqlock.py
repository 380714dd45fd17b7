"""seqlock (Linux kernel's sequence locks; Boehm, 2012).

The writer counts up before and after it writes. A reader that does not look at the count again after reading takes
halves of two updates for a whole.
"""

import threading
from collections.abc import Callable, Iterable
from types import SimpleNamespace

THREADS = 2
TRIES = 2


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def write(point: SimpleNamespace) -> None:
    """Move the point from (0, 0) to (1, 1)."""
    point.version += 1
    point.x = 1
    point.y = 1
    point.version += 1


def buggy() -> object:
    """Read where no write is under way."""
    point = SimpleNamespace(version=0, x=0, y=0)
    seen: list[list[int]] = []

    def read() -> None:
        for _ in range(TRIES):
            before = point.version
            if before % 2 == 0:
                seen.append([point.x, point.y])
                return

    run_threads([lambda: write(point), read])
    return seen


def fixed() -> object:
    """Read where no write is under way, and none began meanwhile."""
    point = SimpleNamespace(version=0, x=0, y=0)
    seen: list[list[int]] = []

    def read() -> None:
        for _ in range(TRIES):
            before = point.version
            if before % 2 == 0:
                values = [point.x, point.y]
                if point.version == before:
                    seen.append(values)
                    return

    run_threads([lambda: write(point), read])
    return seen


def fails(observation: object) -> bool:
    """The reader took a point that never was."""
    return observation in ([[0, 1]], [[1, 0]])
