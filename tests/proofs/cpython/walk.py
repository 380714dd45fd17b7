"""A seeded random walk for programs that synchronise by sleeping, as CPython's own tests do."""

from __future__ import annotations

import random

from dojo.explore.execution import Execution
from dojo.explore.task import Task, by_deadline


class PatientWalk:
    """Chooses at random among the tasks that are ready; the clock moves only where none is."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def begin(self) -> bool:
        return True

    def choose(self, execution: Execution) -> Task:
        ready = [task for task in execution.runnable if not task.timed]
        if not ready:
            return min(execution.runnable, key=by_deadline)
        return self._random.choice(ready)

    def end(self, execution: Execution) -> None:
        pass
