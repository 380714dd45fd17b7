"""Hand all tasks to the pool, say that there are no more, then take the results one by one, in order."""

import multiprocessing
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from multiprocessing.pool import AsyncResult
from typing import TypeVar

A = TypeVar("A")
R = TypeVar("R")


@dataclass(frozen=True)
class Outcome:
    """What became of one argument: the value of the task, or the exception that it raised."""

    value: object = None
    error: BaseException | None = None


def fan_out(task: Callable[[A], R], arguments: Iterable[A], *, workers: int) -> list[Outcome]:
    """Run `task` on every argument, `workers` at a time; one Outcome each, in order."""
    # First, for an iterable that raises must leave no pool behind.
    arguments = list(arguments)
    pool = multiprocessing.Pool(workers)
    results = [pool.apply_async(task, (argument,)) for argument in arguments]
    # Not `with Pool(...)`: leaving that block terminates the workers, closing lets them end.
    pool.close()
    pool.join()
    return [_outcome_of(result) for result in results]


def _outcome_of(result: AsyncResult[object]) -> Outcome:
    try:
        return Outcome(value=result.get())
    except Exception as error:
        return Outcome(error=error)
