"""Who takes part in an execution from outside: the strategy that chooses, the observer that looks on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from dojo.explore.operations import Operation
from dojo.explore.task import Task

if TYPE_CHECKING:
    from dojo.explore.execution import Execution


class Strategy(Protocol):
    """Decides which task takes the next step: the only source of choice in an execution."""

    def begin(self) -> bool:
        """Prepare the next execution; False: nothing is left to explore."""

    def choose(self, execution: Execution) -> Task:
        """Return one of `execution.runnable`, which holds at least two, or raise `Redundant`."""

    def end(self, execution: Execution) -> None:
        """Learn from the execution that has just ended."""


class Observer(Protocol):
    """Sees every step of an execution that is recorded."""

    def chosen(self, execution: Execution, before: Task, chosen: Task) -> None: ...

    def took(self, execution: Execution, task: Task, operation: Operation) -> None:
        """`operation` names the object itself, and not its marker: it must not be kept."""

    def missed(self) -> None:
        """The step just taken found a lock held or a queue empty, and did not wait for it."""


class Redundant(Exception):
    """This execution can only repeat what another one has shown."""
