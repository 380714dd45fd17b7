"""The choices made so far, as the path of a depth-first search."""

from __future__ import annotations

from dojo.explore.execution import Execution
from dojo.explore.task import Task


class Nondeterministic(Exception):
    """The same choices led elsewhere: something outside the schedule decides too."""


class Node:
    """One decision: who could go on, who was let go on, and who still should be."""

    __slots__ = ("backtrack", "before", "chosen", "costs", "current", "done", "enabled", "index", "sleep")

    def __init__(self, execution: Execution, before: int, sleep: frozenset[int]) -> None:
        self.enabled = [task.number for task in execution.runnable]
        self.costs = {task.number: execution.cost(task) for task in execution.runnable}
        self.current = execution.current.number
        self.index = len(execution.log)
        """The place in the log of the step that the decision is about."""
        self.before = before
        """Preemptions on the way here."""
        self.sleep = sleep
        self.chosen = -1
        self.done: set[int] = set()
        self.backtrack: set[int] = set()

    def preemptions(self) -> int:
        return self.before + self.costs[self.chosen]

    def choose(self, number: int) -> None:
        self.chosen = number
        self.backtrack.add(number)

    def check(self, execution: Execution) -> None:
        """Make sure that the replay of a path leads to the same decision again."""
        if self.index != len(execution.log) or self.enabled != [task.number for task in execution.runnable]:
            raise Nondeterministic(
                f"after the same {self.index} steps, tasks {self.enabled} could go on the first time and "
                f"{[task.number for task in execution.runnable]} the second time"
            )


def task_of(execution: Execution, number: int) -> Task:
    return execution.tasks[number]
