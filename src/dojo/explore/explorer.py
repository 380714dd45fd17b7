"""Many executions -> the distinct outcomes, and what may be claimed about them."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dojo import model
from dojo.explore.endings import Autopsy, key_of, returned
from dojo.explore.execution import EXECUTION
from dojo.explore.restoring import LeftBehind
from dojo.explore.rules import Rules
from dojo.explore.sources import Sources
from dojo.explore.strategies.dpor import Dpor
from dojo.explore.strategies.opening import DELAYS, InStep, Late
from dojo.explore.strategies.sampling import PartialOrderSampling, Pct, Surw
from dojo.explore.strategy import Observer, Strategy
from dojo.explore.tally import Finding, Tally
from dojo.explore.world import World

Progress = Callable[[int], None]
PROGRESS_EVERY = 250
COLLECT_EVERY = 500
SEED = 1
NEARLY = 0.25
"""Where the first executions were this share of the search, it goes on: it will end before scouts are worth it."""
CROWD = 8
"""With more tasks than these the reduction hardly ever ends: samples come before it."""
STEPS, SAMPLED_STEPS = 150, 400
"""A stage ends, too, after so many steps for each execution that it may take: counted, so that no clock decides. Steps
are dearer where every execution is analysed."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How many executions each stage of the search may take; the stages come in this order."""

    first: int = 24
    """Reduction without a bound: small programs are done here."""
    scouts: int = 32
    """Of each sampling strategy, and twice as many of SURW: for what lies deep in a large program."""
    reduce: int = 4000
    """The reduction goes on; after an eighth of it the scouts are sent out once more."""
    bounded: int = 1000
    """Reduction for each bound 0, 1, 2, ... on preemptions where it did not come to an end without."""
    max_bound: int = 2
    samples: int = 500
    """Of each sampling strategy."""

    @staticmethod
    def of(executions: int) -> Budget:
        """Return a budget of about so many executions in all."""
        part = max(1, executions // 10)
        return Budget(min(24, executions), min(8, part), 5 * part, part, 2, part)


class StartsMatter(Exception):
    """The search has to begin anew, with `Rules.starts`."""


class Explorer:
    """Runs a world's scenario under strategies and collects what comes out."""

    def __init__(self, world: World, sources: Sources, arguments: Sequence[Any], progress: Progress) -> None:
        self.world = world
        self.arguments = arguments
        self.progress = progress
        self.sources = sources
        self.autopsy = Autopsy(sources)
        self.seed = SEED
        """Of the sampling strategies."""
        self.rules = Rules()
        self.executions = 0
        self.used_clock = False
        """Some execution waited for the clock, or looked at it."""

    def execute(self, strategy: Strategy, observer: Observer | None = None) -> Finding:
        """Run one execution under `strategy`, which has begun."""
        scenario = self.world.build(self.arguments)
        execution = EXECUTION
        execution.autopsy, execution.rules, execution.mortal = self.autopsy, self.rules, self.world.mortal
        try:
            value = execution.run(strategy, scenario, observer)
            ending = self.autopsy.ending or returned(value)
        except BaseException as error:  # noqa: BLE001
            # The scenario's own end, KeyboardInterrupt and SystemExit included: Ctrl-C does not reach this process.
            ending = self.autopsy.raised(error)
        if execution.fault is not None:
            raise execution.fault
        self.used_clock |= execution.used_clock
        is_cut = execution.forced > 0 or execution.over == "deep"
        is_cut |= execution.over == "spinning" and not execution.idle
        is_cut |= self.rules.ended(execution.over)
        strategy.end(execution)
        return Finding(
            ending,
            key_of(ending),
            tuple(execution.choices),
            execution.preemptions,
            len(execution.log),
            execution.over == "redundant",
            is_cut,
        )

    def search(self, strategy: Strategy, budget: int, tally: Tally, steps_each: int = STEPS) -> bool:
        """Run executions into `tally` until the strategy has no more (True) or the budget is used up (False)."""
        with self.world.library.relaxed():
            return self._search(strategy, budget, tally, steps_each)

    def _search(self, strategy: Strategy, budget: int, tally: Tally, steps_each: int) -> bool:
        gc.disable()
        # What was there before the search is not looked through again and again for garbage.
        gc.freeze()
        steps = 0
        try:
            for number in range(budget):
                if not strategy.begin():
                    return True
                if steps > budget * steps_each:
                    return False
                finding = self.execute(strategy)
                if EXECUTION.asked_of_start and not self.rules.starts:
                    raise StartsMatter
                steps += finding.steps
                tally.note(finding)
                self._count(finding)
                if number % COLLECT_EVERY == COLLECT_EVERY - 1:
                    gc.collect()
            return False
        finally:
            gc.unfreeze()
            gc.enable()

    def _count(self, finding: Finding) -> None:
        if finding.is_redundant:
            return
        self.executions += 1
        if self.executions % PROGRESS_EVERY == 0:
            self.progress(self.executions)

    def explore(self, budget: Budget) -> tuple[tuple[model.Outcome, ...], model.Explored]:
        """Search in stages until everything was tried or the budget is used up; later stages claim less."""
        while True:
            try:
                return self._in_stages(budget)
            except StartsMatter:
                # Rare, and so no start is a step before: most schedules are shorter for it.
                self.rules = replace(self.rules, starts=True)
            except LeftBehind:
                # Rarer still. From now on it is looked for after every execution.
                pass
            self.executions = 0

    def _in_stages(self, budget: Budget) -> tuple[tuple[model.Outcome, ...], model.Explored]:
        reduced, others = Tally(), self._open()
        dpor = Dpor()
        samplers = (Surw(self.seed), PartialOrderSampling(self.seed), Pct(self.seed))
        soon = budget.reduce // 8
        parts = [part for part in (budget.first, soon, budget.reduce - soon) if part]
        for number, part in enumerate(parts, 1):
            if self.search(dpor, part, reduced):
                return self._exhausted(reduced, others)
            if number == 1 and dpor.share() >= NEARLY:
                continue
            scouts = budget.samples if number == 1 and len(EXECUTION.tasks) > CROWD else budget.scouts
            for sampler in (samplers[0], *samplers) if number < len(parts) else ():
                self.search(sampler, scouts, others, SAMPLED_STEPS)
        claimed = self._bounded(budget, others)
        before = self.executions
        for sampler in samplers:
            self.search(sampler, budget.samples, others, SAMPLED_STEPS)
        sampled, strategy = self.executions - before, "dpor, then surw, pos and pct"
        reduced.take(others)
        explored = model.Explored(self.executions, exhausted=False, bound=claimed, sampled=sampled, strategy=strategy)
        return reduced.outcomes(starts=self.rules.starts), explored

    def _open(self) -> Tally:
        """Run the first executions: one in step, and some in which one task is late; most mistakes show in them."""
        opening, in_step = Tally(), InStep()
        strategies: list[Strategy] = [in_step, *(Late(delay, in_step) for delay in DELAYS)]
        for strategy in strategies:
            self.search(strategy, 1, one := Tally())
            # Who gives way to another and tries again may never get on in step with it, and yet do well.
            if not one.was_cut:
                opening.take(one)
        return opening

    def _exhausted(self, reduced: Tally, others: Tally) -> tuple[tuple[model.Outcome, ...], model.Explored]:
        """Answer for a reduction that came to its end; the others count only where they found more than it did."""
        # They never should: where they did, something that the reduction does not know of decides too.
        complete = not reduced.was_cut and reduced.has_all_of(others)
        if not complete:
            reduced.take(others)
        explored = model.Explored(reduced.executions, exhausted=complete)
        return reduced.outcomes(starts=self.rules.starts), explored

    def _bounded(self, budget: Budget, others: Tally) -> int | None:
        """Search with one bound on preemptions after the other; return the last one that was completed."""
        claimed: int | None = None
        for bound in range(budget.max_bound + 1):
            tally = Tally()
            ended = self.search(Dpor(bound), budget.bounded, tally)
            others.take(tally)
            if not ended or tally.was_cut:
                break
            claimed = bound
        return claimed
