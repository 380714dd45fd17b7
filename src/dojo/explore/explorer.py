"""Many executions -> the distinct outcomes, and what may be claimed about them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dojo import model
from dojo.explore.endings import Autopsy, key_of, returned
from dojo.explore.execution import EXECUTION, Observer, Strategy
from dojo.explore.schedule import render_schedule
from dojo.explore.sources import Sources
from dojo.explore.strategies.dpor import Dpor
from dojo.explore.world import World

Progress = Callable[[int], None]
PROGRESS_EVERY = 250
COLLECT_EVERY = 500


@dataclass(frozen=True, slots=True)
class Budget:
    """How many executions each stage of the search may take."""

    reduce: int = 3000
    """Without a bound on preemptions."""
    bounded: int = 1000
    """For each bound 0, 1, 2, ... where the first stage did not come to an end."""
    max_bound: int = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One execution: how it ended and what it took."""

    ending: model.Ending
    key: str
    choices: tuple[int, ...]
    preemptions: int
    steps: int
    redundant: bool = False


class Explorer:
    """Runs a world's scenario under strategies and collects what comes out."""

    def __init__(self, world: World, sources: Sources, arguments: Sequence[Any], progress: Progress) -> None:
        self.world = world
        self.arguments = arguments
        self.progress = progress
        self.sources = sources
        self.autopsy = Autopsy(sources)
        self.executions = 0
        self._best: dict[str, Finding] = {}
        self._counts: dict[str, int] = {}

    def execute(self, strategy: Strategy, observer: Observer | None = None) -> Finding:
        """Run one execution under `strategy`, which has begun."""
        scenario = self.world.build(self.arguments)
        execution = EXECUTION
        execution.autopsy = self.autopsy
        try:
            value = execution.run(strategy, scenario, observer)
            ending = self.autopsy.ending or returned(value)
        except (Exception, SystemExit) as error:
            ending = self.autopsy.raised(error)
        redundant = execution.over == "redundant"
        strategy.end(execution)
        choices, preemptions, steps = tuple(execution.choices), execution.preemptions, len(execution.log)
        return Finding(ending, key_of(ending), choices, preemptions, steps, redundant)

    def search(self, strategy: Strategy, budget: int) -> bool:
        """Run executions until the strategy has no more (True) or the budget is used up (False)."""
        gc.collect()
        gc.freeze()
        gc.disable()
        try:
            for number in range(budget):
                if not strategy.begin():
                    return True
                self._note(self.execute(strategy))
                if number % COLLECT_EVERY == COLLECT_EVERY - 1:
                    gc.collect()
            return not strategy.begin()
        finally:
            gc.enable()
            gc.unfreeze()

    def _note(self, finding: Finding) -> None:
        if finding.redundant:
            return
        self.executions += 1
        if self.executions % PROGRESS_EVERY == 0:
            self.progress(self.executions)
        key = finding.key
        self._counts[key] = self._counts.get(key, 0) + 1
        best = self._best.get(key)
        if best is None or (finding.preemptions, finding.steps) < (best.preemptions, best.steps):
            self._best[key] = finding

    def explore(self, budget: Budget) -> tuple[tuple[model.Outcome, ...], model.Explored]:
        """Search in stages: everything, or everything under growing bounds."""
        if self.search(Dpor(), budget.reduce):
            return self.outcomes(), model.Explored(self.executions, exhausted=True)
        claimed: int | None = None
        for bound in range(budget.max_bound + 1):
            if not self.search(Dpor(bound), budget.bounded):
                break
            claimed = bound
        return self.outcomes(), model.Explored(self.executions, exhausted=False, bound=claimed)

    def outcomes(self) -> tuple[model.Outcome, ...]:
        """Return what was found, the simplest schedule of each, in an order that does not depend on the search."""
        ordered = sorted(self._best.values(), key=lambda best: (best.preemptions, best.steps, best.key))
        return tuple(
            model.Outcome(best.ending, self._counts[best.key], render_schedule(best.choices), best.preemptions)
            for best in ordered
        )
