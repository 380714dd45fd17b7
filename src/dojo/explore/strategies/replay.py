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
        self._depth = 0
        self._left = 1

    def begin(self) -> bool:
        self._depth, self._left = 0, self._left - 1
        return self._left >= 0

    def choose(self, execution: Execution) -> Task:
        depth = self._depth
        self._depth += 1
        if depth < len(self.choices):
            for task in execution.runnable:
                if task.number == self.choices[depth]:
                    return task
            self.diverged = True
        return default_choice(execution)

    def end(self, execution: Execution) -> None:
        pass
