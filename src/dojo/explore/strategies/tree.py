"""The choices made so far, as the path of a depth-first search."""

from __future__ import annotations

from typing import NoReturn

from dojo.errors import InternalError
from dojo.explore.execution import Execution
from dojo.explore.preemption import free_choices


class Node:
    """One decision: who could go on, who was let go on, and who still should be."""

    __slots__ = ("backtrack", "before", "chosen", "done", "enabled", "free", "index", "is_pick", "sleep")

    def __init__(self, execution: Execution, before: int, sleep: frozenset[int]) -> None:
        self.enabled = [task.number for task in execution.runnable]
        self.free = free_choices(execution)
        """Who can be chosen without a preemption; None: everybody."""
        self.is_pick = execution.picking is not None
        """What is decided is no task, but a number: all of them are tried."""
        self.index = len(execution.log)
        """The place in the log of the step that the decision is about."""
        self.before = before
        """Preemptions on the way here."""
        self.sleep = sleep
        self.chosen = -1
        self.done: set[int] = set()
        self.backtrack: set[int] = set()

    def cost(self, number: int) -> int:
        """Return how many preemptions it takes to choose this task: 0 or 1."""
        return 0 if self.free is None or number in self.free else 1

    def preemptions(self) -> int:
        return self.before + self.cost(self.chosen)

    def choose(self, number: int) -> None:
        self.chosen = number
        self.backtrack.add(number)

    def check(self, execution: Execution) -> None:
        """Make sure that the replay of a path leads to the same decision again."""
        if self.index != len(execution.log) or len(self.enabled) != len(execution.runnable):
            self._complain(execution)

    def _complain(self, execution: Execution) -> NoReturn:
        now = [task.number for task in execution.runnable]
        raise InternalError(
            "not-deterministic",
            f"The same choices led to tasks {self.enabled} after {self.index} steps, and then to tasks {now} after "
            f"{len(execution.log)}: something outside the schedule decides too.",
        )
