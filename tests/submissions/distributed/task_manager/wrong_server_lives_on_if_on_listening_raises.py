# wrong: an exception of on_listening leaves the server -> failed CHILD-LEAK
"""A server process holds both queues; it is filled before it listens, and nobody ever waits for a task."""

import functools
import queue
from collections.abc import Callable, Sequence
from multiprocessing.managers import BaseManager
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")


@functools.cache
def _todo() -> Any:
    return queue.SimpleQueue()


@functools.cache
def _done() -> Any:
    return queue.SimpleQueue()


class _Office(BaseManager):
    """Serves the two queues, which live in its server process."""


_Office.register("todo", callable=_todo)
_Office.register("done", callable=_done)


def run_master(
    tasks: Sequence[T], *, address: tuple[str, int], authkey: bytes, on_listening: Callable[[tuple[str, int]], None]
) -> list[Any]:
    """Serve the tasks and return the results, in the order of the tasks."""
    if not tasks:
        return []
    office: Any = _Office(address, authkey)
    # The initializer runs before the server listens: no worker can come too early.
    office.start(_fill, (tasks,))
    on_listening(office.address)
    with office:
        return _collect(tasks, office.done())


def _fill(tasks: Sequence[T]) -> None:
    for numbered in enumerate(tasks):
        _todo().put(numbered)


def _collect(tasks: Sequence[T], done: Any) -> list[Any]:
    results: dict[int, Any] = {}
    while len(results) < len(tasks):
        number, result, error = done.get()
        if error is not None:
            raise RuntimeError(f"task {tasks[number]!r} failed: {error}")
        results[number] = result
    return [results[number] for number in range(len(tasks))]


def run_worker(address: tuple[str, int], authkey: bytes, function: Callable[[T], R]) -> int:
    """Do tasks of the master at `address` until there are no more; return how many."""
    office: Any = _Office(address, authkey)
    office.connect()
    count = 0
    try:
        todo, done = office.todo(), office.done()
        while True:
            number, task = todo.get_nowait()
            answer = _answer(function, task)
            count += 1
            done.put((number, *answer))
    # No more tasks; or the master has all results, and has gone before it could say so.
    except (queue.Empty, EOFError, ConnectionError):
        return count


def _answer(function: Callable[[T], R], task: T) -> tuple[R | None, str | None]:
    try:
        return function(task), None
    except Exception as error:
        return None, repr(error)
