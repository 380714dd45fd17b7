"""What the tests of the search share: searches under one strategy, schedules and traces as short texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dojo import model
from dojo.explore.execution import EXECUTION, Execution
from dojo.explore.explorer import Explorer
from dojo.explore.record import Recorder
from dojo.explore.schedule import parse_schedule
from dojo.explore.strategies.replay import Replay
from dojo.explore.strategy import Strategy
from dojo.explore.tally import Finding
from tests.engine.explore.exploring import explorer_of
from tests.engine.explore.hostile import shown

LOST_UPDATE = """
    counter = [0]
    def add():
        counter[0] += 1
    together(add, add)
    return counter[0]
"""
LOCK_CYCLE = """
    left, right = threading.Lock(), threading.Lock()
    def one():
        with left:
            with right: pass
    def other():
        with right:
            with left: pass
    together(one, other)
"""


def searched(body: str, strategy: Strategy, limit: int = 2000) -> tuple[set[str], int]:
    """Return what comes of the program under `strategy`, and how many executions that takes; fail above `limit`."""
    explorer = explorer_of(body)
    found: set[str] = set()
    for executions in range(limit + 1):
        if not strategy.begin():
            return found, executions
        finding = explorer.execute(strategy)
        if not finding.is_redundant:
            found.add(shown(finding.ending))
    raise AssertionError(f"more than {limit} executions")


def sampled(body: str, strategy: Strategy, executions: int) -> list[Finding]:
    """Return so many executions of the program under a strategy that never ends."""
    explorer = explorer_of(body)
    assert all(strategy.begin() for _ in range(1))
    return [_next(explorer, strategy, number) for number in range(executions)]


def _next(explorer: Explorer, strategy: Strategy, number: int) -> Finding:
    if number:
        strategy.begin()
    return explorer.execute(strategy)


def replayed(body: str, schedule: str) -> Finding:
    """Return the execution of the program with this schedule."""
    strategy = Replay(parse_schedule(schedule))
    strategy.begin()
    finding = explorer_of(body).execute(strategy)
    assert not strategy.diverged
    return finding


def recorded(body: str, schedule: str = "-") -> tuple[model.Step, ...]:
    """Return the steps of the program with this schedule."""
    explorer = explorer_of(body)
    recorder = Recorder(explorer.sources)
    explorer.autopsy.recorder = recorder
    strategy = Replay(parse_schedule(schedule))
    strategy.begin()
    explorer.execute(strategy, recorder)
    return tuple(recorder.steps)


def told(steps: tuple[model.Step, ...]) -> list[str]:
    """Return steps as short lines; a step that made another task wait begins with a star."""
    return [
        f"{'*' if step.preempts else ''}{step.task} {step.verb} {step.subject}"
        + ("" if step.value is None else f" = {step.value}")
        for step in steps
    ]


class FirstReady:
    """Chooses the ready task with the lowest number, and calls `at_choice` each time."""

    def __init__(self, at_choice: Callable[[Execution], None] = lambda execution: None) -> None:
        self.at_choice = at_choice

    def begin(self) -> bool:
        return True

    def choose(self, execution: Execution) -> Any:
        self.at_choice(execution)
        return min(execution.runnable, key=lambda task: (task.timed, task.number))

    def end(self, execution: Execution) -> None:
        pass


def run_bare(scenario: Callable[[], object], strategy: Strategy | None = None) -> Any:
    """Run plain Python on the machine itself: nothing is instrumented."""
    EXECUTION.autopsy = None
    return EXECUTION.run(strategy or FirstReady(), scenario)
