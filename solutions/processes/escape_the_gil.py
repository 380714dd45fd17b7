"""Worker processes: each has an interpreter of its own, and a GIL of its own."""

from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

A = TypeVar("A")
R = TypeVar("R")


def parallel_map(function: Callable[[A], R], items: Iterable[A], *, workers: int) -> list[R]:
    """Return `function(item)` for every item, in order, with `workers` calls at a time."""
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(function, items))
