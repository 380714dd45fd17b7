"""The clock of an execution: it moves on when a wait for it ends, and at no other time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dojo.explore.fairness import FAR_SECONDS, sleep_far
from dojo.explore.operations import CLOCK, DEADLINE, NO_SITE, SLEEP
from dojo.explore.spinning import rouse

if TYPE_CHECKING:
    from dojo.explore.execution import Execution


def now(execution: Execution) -> float:
    """Take the step of a look at the clock."""
    execution.used_clock = True
    execution.point(CLOCK, None, None, NO_SITE)
    return execution.clock


def deadline_in(execution: Execution, seconds: float) -> float:
    """Take the step that begins a wait for the clock, and return when the wait is over."""
    execution.used_clock = True
    execution.point(DEADLINE, None, None, NO_SITE)
    return execution.clock + seconds


def advance_to(execution: Execution, deadline: float) -> None:
    """The wait until `deadline` is over."""
    if deadline > execution.clock:
        execution.clock = deadline
        if execution.idle:
            rouse(execution, CLOCK, None)


def sleep(execution: Execution, seconds: float) -> None:
    """Let other tasks go on; the clock shows at least `seconds` more afterwards."""
    if not execution.active:
        return
    execution.used_clock = True
    if execution.solo:
        execution.clock += seconds
        return
    task = execution.current
    deadline = deadline_in(execution, seconds)
    task.deadline, task.timed = deadline, True
    if seconds > FAR_SECONDS and len(execution.runnable) > 1:
        sleep_far(execution, task)
    execution.wait_for_turn((SLEEP, None, None, NO_SITE))
    task.deadline, task.timed = None, False
    advance_to(execution, deadline)
