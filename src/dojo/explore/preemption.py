"""What a choice costs: who goes on for free, and who only by a preemption.

A preemption is a switch away from a task that could have gone on, or letting time pass while somebody is ready (or more
time than the next deadline): another thread was slow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dojo.explore.task import Task, by_deadline

if TYPE_CHECKING:
    from dojo.explore.execution import Execution


def default_choice(execution: Execution) -> Task:
    """Return who goes on where nothing speaks against it: the current task, else the first that is ready."""
    current = execution.current
    if not current.timed and current in execution.runnable:
        return current
    for task in execution.runnable:
        if not task.timed:
            return task
    return min(execution.runnable, key=by_deadline)


def free_choices(execution: Execution) -> tuple[int, ...] | None:
    """Return who can be chosen without a preemption; None: everybody."""
    if execution.picking is not None:
        return execution.picking
    current, runnable = execution.current, execution.runnable
    if not current.timed and current in runnable:
        return (current.number,)
    ready = [task for task in runnable if not task.timed]
    if len(ready) == len(runnable):
        return None
    return tuple(task.number for task in ready) or (min(runnable, key=by_deadline).number,)


def cost_of(execution: Execution, chosen: Task) -> int:
    """Return how many preemptions it takes to let `chosen` go on now: 0 or 1."""
    free = free_choices(execution)
    return 0 if free is None or chosen.number in free else 1
