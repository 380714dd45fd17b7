"""Letting go of what the log of an execution keeps alive, where a scenario asks for a collection of garbage."""

from __future__ import annotations

from dojo.explore.execution import Execution
from dojo.explore.operations import NO_SITE, YIELD
from dojo.explore.task import Task


def forget(execution: Execution) -> None:
    """Replace the objects in the log by others that stand for them; only while no other task is left."""
    if any(not task.ended for task in execution.tasks if task is not execution.current):
        return
    stands_for: dict[int, object] = {}
    log = execution.log
    for _, (_, target, _, _) in log:
        if target is not None and not isinstance(target, Task | dict):
            stands_for.setdefault(id(target), object())
    kept = log[:]
    log.clear()
    for number, (mode, target, member, site) in kept:
        log.append((number, (mode, stands_for.get(id(target), target), member, site)))
    for task in execution.tasks:
        task.operation = (YIELD, None, None, NO_SITE)
        task.turns.clear()
    if execution.observer is not None:
        execution.observer.forgot(execution)
