"""`_queue.SimpleQueue`, where putting and taking are steps."""

from __future__ import annotations

import collections
from _queue import Empty
from types import GenericAlias, ModuleType
from typing import Any

from dojo.explore.execution import EXECUTION, Execution
from dojo.explore.operations import BUSY, LOOK, NO_SITE, PUT, TAKE, TIMED, TRY_TAKE
from dojo.explore.primitives.arguments import queue_timeout, refuse_to_pickle
from dojo.explore.task import Task
from dojo.explore.virtual_time import advance_to, deadline_in


class SimpleQueue:
    """`_queue.SimpleQueue`: unbounded, first in first out; `put` never blocks."""

    def __init__(self) -> None:
        self.owner = None
        self._items: collections.deque[Any] = collections.deque()
        self._waiting: list[Task] = []

    __reduce_ex__ = refuse_to_pickle

    @classmethod
    def __class_getitem__(cls, item: object) -> GenericAlias:
        return GenericAlias(cls, item)

    def put(self, item: object, block: bool = True, timeout: float | None = None) -> None:
        execution = EXECUTION
        if execution.abandoning:
            # An executor that goes meanwhile tells its workers: what a callback raises would be reported as ignored.
            return
        if execution.active:
            execution.point(PUT, self, None, NO_SITE)
            execution.current.progress += 1
        self._items.append(item)
        for waiter in self._waiting:
            # An executor that goes with its execution tells its workers so, which have been unwound by then.
            if waiter.carrier is not None:
                waiter.timed = False
                execution.enable(waiter)
        execution.released(self)

    def put_nowait(self, item: object) -> None:
        self.put(item)

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        if timeout is not None:
            timeout = queue_timeout(block, timeout)
        if EXECUTION.active:
            self._await_item(EXECUTION, block, timeout)
        elif block and timeout is None and not self._items:
            raise RuntimeError("this queue is empty, and nobody is left who could put something into it")
        if not self._items:
            raise Empty
        item = self._items.popleft()
        if not self._items:
            for waiter in self._waiting:
                EXECUTION.block_again(waiter)
        return item

    def _await_item(self, execution: Execution, block: bool, timeout: float | None) -> None:
        if execution.solo and self._items:
            return
        execution.sweep()
        task = execution.current
        if not block:
            execution.wait_for_turn((TRY_TAKE, self, None, NO_SITE))
            if not self._items:
                execution.turned_out(BUSY)
            return
        deadline = None if timeout is None else deadline_in(execution, timeout)
        self._waiting.append(task)
        task.deadline = deadline
        if not self._items:
            execution.block_again(task)
        mode, member = (TAKE, None) if timeout is None else (TRY_TAKE, TIMED)
        execution.wait_for_turn((mode, self, member, NO_SITE))
        self._waiting.remove(task)
        deadline, task.deadline, task.timed = task.deadline, None, False
        task.progress += bool(self._items)
        if not self._items:
            execution.turned_out(BUSY)
            advance_to(execution, deadline or 0.0)

    def get_nowait(self) -> Any:
        return self.get(block=False)

    def empty(self) -> bool:
        EXECUTION.point(LOOK, self, None, NO_SITE)
        return not self._items

    def qsize(self) -> int:
        EXECUTION.point(LOOK, self, None, NO_SITE)
        return len(self._items)


SimpleQueue.__module__ = "_queue"


def queue_module() -> ModuleType:
    module = ModuleType("_queue")
    vars(module).update(SimpleQueue=SimpleQueue, Empty=Empty)
    return module
