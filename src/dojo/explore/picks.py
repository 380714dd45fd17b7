"""Choices that are not about who goes on: the strategy picks a number, and it stands in the schedule like a task."""

from __future__ import annotations

from collections.abc import Sequence

from dojo.explore.execution import Execution
from dojo.explore.strategy import Redundant
from dojo.explore.task import Task

_OPTIONS = [Task(number, 0) for number in range(64)]
"""Stand for numbers where strategies choose among tasks."""


def pick(execution: Execution, options: int, *, free: Sequence[int] | None = None) -> int:
    """Return a number below `options`: 0 where nothing speaks for another. All but those in `free` are preemptions."""
    options = min(options, len(_OPTIONS))
    if options < 2 or execution.solo or execution.abandoning:
        return 0
    runnable, chosen = execution.runnable, 0
    execution.runnable = _OPTIONS[:options]
    execution.picking = tuple(range(options)) if free is None else tuple(free)
    try:
        chosen = execution.choose(execution).number
        execution.choices.append(chosen)
        execution.preemptions += chosen not in execution.picking
    except Redundant:
        execution.over = "redundant"
    except Exception as error:  # noqa: BLE001
        execution.fault, execution.over = error, "fault"
    finally:
        execution.runnable, execution.picking = runnable, None
    if execution.over is not None:
        execution.give_up()
    return chosen
