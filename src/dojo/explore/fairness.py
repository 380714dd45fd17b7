"""Nobody is starved: without this a task that spins could keep another one from ever changing what it waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dojo.explore.execution import Execution
    from dojo.explore.task import Task

FAIR_STEPS = 2_000
"""Steps in which everybody who may go on gets a turn: what happens while somebody is starved is evidence of nothing."""


def starved(execution: Execution) -> Task | None:
    """Return somebody who may go on and has not for long, and set when to ask next."""
    if execution.picking is not None:
        return None
    execution.fair_at = len(execution.log) + FAIR_STEPS // 4
    recent = {number for number, _ in execution.log[-FAIR_STEPS:]}
    return next((task for task in execution.runnable if task.number not in recent), None)
