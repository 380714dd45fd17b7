"""The lives of tasks: one is started by another, begins when it is chosen, ends, and is waited for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dojo.explore.operations import CENSUS, END, JOIN, NO_SITE, START, TIMED_JOIN
from dojo.explore.spinning import WHO_IS_ALIVE, rouse
from dojo.explore.virtual_time import advance_to, deadline_in

if TYPE_CHECKING:
    from dojo.explore.execution import Execution
    from dojo.explore.task import Task


def start(execution: Execution, function: Callable[[], object], *, prelude: bool, handle: Any, purpose: Any) -> Task:
    """Start a task that runs `function`; with `prelude` it runs up to its call of `begin` at once."""
    if execution.abandoning:
        execution.unwind()
    parent = execution.current
    if execution.rules.reuses_idents:
        execution.point(CENSUS, None, None, NO_SITE)
    execution.solo = False
    task = execution.new_task()
    task.origin = parent
    if handle is not None:
        handle.task = task
    # The thread itself lets go of it at its end.
    task.purpose = purpose
    execution.record(parent, (START, task, None, NO_SITE))
    task.purpose = None
    parent.progress += 1
    if execution.idle:
        rouse(execution, WHO_IS_ALIVE, None)
    if not execution.carriers.idle:
        execution.root.switch()
    execution.current = task
    execution.carry(task, _live, (execution, task, function, prelude))
    execution.current = parent
    return task


def begin(execution: Execution) -> None:
    """End of the prelude: hand control back to the task that started this one, until chosen."""
    task = execution.current
    assert task.origin is not None
    task.origin.carrier.switch()
    if execution.abandoning:
        execution.unwind()
    execution.record(task, task.operation)


def _live(execution: Execution, task: Task, function: Callable[[], object], prelude: bool) -> None:
    try:
        if not prelude:
            begin(execution)
        function()
        execution.point(END, task, None, NO_SITE)
    except BaseException as error:  # noqa: BLE001
        if execution.abandoning:
            return
        # A raw thread function raised: what `_thread` does with it is decided by its caller.
        execution.unhandled.append((task, error))
    _end(execution, task)


def _end(execution: Execution, task: Task) -> None:
    task.ended = True
    if execution.rules.reuses_idents:
        execution.idents.give_back(task.ident)
    task.local = None
    task.turns.clear()
    execution.disable(task)
    for joiner in task.joiners:
        joiner.timed = False
        execution.enable(joiner)
    if execution.idle:
        rouse(execution, task, None)
        rouse(execution, WHO_IS_ALIVE, None)


def join(execution: Execution, task: Task, timeout: float | None) -> bool:
    """Wait for the end of `task`; return False where the time was up first."""
    if execution.abandoning:
        execution.unwind()
    execution.sweep()
    current = execution.current
    mode = JOIN if timeout is None else TIMED_JOIN
    deadline = None if timeout is None else deadline_in(execution, max(timeout, 0.0))
    if not task.ended:
        task.joiners.append(current)
        if deadline is None:
            execution.disable(current)
        else:
            current.deadline, current.timed = deadline, True
    execution.wait_for_turn((mode, task, None, NO_SITE))
    current.deadline, current.timed = None, False
    if current in task.joiners:
        task.joiners.remove(current)
    if not task.ended:
        advance_to(execution, deadline or 0.0)
        return False
    return True
