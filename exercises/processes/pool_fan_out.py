"""Run one task on many arguments in a pool of processes, and tell how each of them went.

    fan_out(task, arguments, workers=3) -> list[Outcome]

Run `task` on every argument in a pool of `workers` processes; wait for all of them; give one Outcome for
each argument, in the order of the arguments: it holds the value that the task returned, or the exception
that it raised.

* One failing task stops no other.
* Really `workers` at a time while there is work, and never more.
* `arguments` may be any iterable: a generator too, or an empty one (the answer is []).
* The pool is closed and joined, not abandoned: its workers end by themselves, and no child is left.
* `workers < 1` raises ValueError.
* It works with all three start methods: fork, forkserver and spawn.

Left open: a task that ends its worker (sys.exit, a signal), and one whose value or exception cannot be pickled.
"""

import multiprocessing
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

A = TypeVar("A")
R = TypeVar("R")


@dataclass(frozen=True)
class Outcome:
    """What became of one argument: the value of the task, or the exception that it raised."""

    value: object = None
    error: BaseException | None = None


def fan_out(task: Callable[[A], R], arguments: Iterable[A], *, workers: int) -> list[Outcome]:
    """Run `task` on every argument, `workers` at a time; one Outcome each, in order."""
    outcomes: list[Outcome] = []

    def collect(value: Any) -> None:
        outcomes.append(Outcome(value))

    pool = multiprocessing.Pool(workers)
    for argument in arguments:
        pool.apply_async(task, (argument,), callback=collect)
    pool.close()
    pool.join()
    return outcomes
