"""Follow a given schedule, then the default choice."""

from __future__ import annotations

from collections.abc import Sequence

from dojo.explore.execution import Execution
from dojo.explore.preemption import default_choice
from dojo.explore.task import Task


class Replay:
    """Runs one execution with the given choices; `diverged` tells whether one of them was impossible."""

    def __init__(self, choices: Sequence[int]) -> None:
        self.choices = choices
        self.diverged = False
        self.decisions = 0
        """How many were made in the last execution."""
        self._left = 1

    def begin(self) -> bool:
        self.decisions, self._left = 0, self._left - 1
        return self._left >= 0

    def choose(self, execution: Execution) -> Task:
        depth = self.decisions
        self.decisions += 1
        if depth < len(self.choices):
            for task in execution.runnable:
                if task.number == self.choices[depth]:
                    return task
            self.diverged = True
        return default_choice(execution)

    def end(self, execution: Execution) -> None:
        pass
