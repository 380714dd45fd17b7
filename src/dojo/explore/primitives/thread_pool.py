"""What `multiprocessing.pool.ThreadPool` takes from the world of processes: a pipe that tells of changes."""

from __future__ import annotations

from _queue import Empty
from typing import Any, NoReturn

from dojo.explore.primitives.simple_queue import SimpleQueue
from dojo.explore.uncontrolled import PROCESS, refuse


class ChangeNotifier(SimpleQueue):
    """The queue by which a pool tells its own threads that something has changed."""

    @property
    def _reader(self) -> ChangeNotifier:
        return self

    def __getattr__(self, name: str) -> NoReturn:
        refuse(PROCESS, "multiprocessing.Pool")


class PoolContext:
    """The context of a `ThreadPool`; a `Pool` of processes asks it for more, and is refused."""

    SimpleQueue = ChangeNotifier

    def __getattr__(self, name: str) -> NoReturn:
        refuse(PROCESS, "multiprocessing.Pool")


def wait_for_change(notifiers: list[ChangeNotifier], timeout: float | None = None) -> list[Any]:
    """Stand in for `multiprocessing.connection.wait`, of which a `ThreadPool` makes the one use."""
    for notifier in notifiers:
        try:
            notifier.get(timeout=timeout)
        except Empty:
            return []
    return notifiers
