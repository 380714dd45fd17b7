"""Nobody is starved: without this a task that spins could keep another one from ever changing what it waits for.

What is tried then is not everything: `Execution.forced` counts how often the choice was not the strategy's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dojo.explore.execution import Execution
    from dojo.explore.task import Task

FAIR_STEPS = 2_000
"""Steps in which everybody who may go on gets a turn: what happens while somebody is starved is evidence of nothing."""

FAR_SECONDS = 1e6
"""Of the execution's clock, eleven days: a sleep that is longer ends when nobody else can go on. Pauses that double
with every try would otherwise reach what no clock can show while somebody else is kept from one step."""


def sleep_far(execution: Execution, task: Task) -> None:
    """Let everybody else come before `task`, which begins to sleep."""
    execution.disable(task)
    execution.far.append(task)
    execution.forced += 1


def wake_far(execution: Execution) -> bool:
    """Nobody can go on: let the first of those who sleep so long go on; False: there is none."""
    if not execution.far:
        return False
    first = min(execution.far, key=lambda task: (task.deadline, task.number))
    execution.far.remove(first)
    execution.enable(first)
    return True


def starved(execution: Execution) -> Task | None:
    """Return somebody who may go on and has not for long, and set when to ask next."""
    if execution.picking is not None:
        return None
    execution.fair_at = len(execution.log) + FAIR_STEPS // 4
    recent = {number for number, _ in execution.log[-FAIR_STEPS:]}
    return next((task for task in execution.runnable if task.number not in recent), None)
