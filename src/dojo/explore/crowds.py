"""Many tasks at one lock: all who wait for it may go on together, or none of them."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dojo.explore.execution import Execution
    from dojo.explore.task import Task

MANY = 16
"""With so many the list of those who may go on is made anew: one after the other would look through it for each."""
_by_number = attrgetter("number")


def enable_all(execution: Execution, waiters: list[Task]) -> None:
    """What they wait for is there."""
    for waiter in waiters:
        waiter.timed = False
    if len(waiters) > MANY:
        execution.runnable[:] = sorted({*execution.runnable, *waiters}, key=_by_number)
    else:
        for waiter in waiters:
            execution.enable(waiter)


def block_all(execution: Execution, waiters: list[Task]) -> None:
    """What they wait for is there no longer: only their deadlines let them go on."""
    if len(waiters) > MANY:
        for_ever = {waiter for waiter in waiters if waiter.deadline is None}
        execution.runnable[:] = [task for task in execution.runnable if task not in for_ever]
        waiters = [waiter for waiter in waiters if waiter.deadline is not None]
    for waiter in waiters:
        execution.block_again(waiter)
