"""What came out of many executions: how many they were, and of each outcome how often and how most simply it came."""

from __future__ import annotations

from typing import NamedTuple

from dojo import model
from dojo.explore.schedule import render_schedule


class Finding(NamedTuple):
    """One execution: how it ended and what it took."""

    ending: model.Ending
    key: str
    choices: tuple[int, ...]
    preemptions: int
    steps: int
    is_redundant: bool = False
    is_cut: bool = False
    """A limit ended it, or chose in it for somebody who was starved: what follows was not tried."""


class Tally:
    """Counts executions, and keeps the simplest of each outcome."""

    __slots__ = ("_best", "_counts", "executions", "was_cut")

    def __init__(self) -> None:
        self.executions = 0
        self.was_cut = False
        """One of the executions was cut: not everything was tried."""
        self._best: dict[str, Finding] = {}
        self._counts: dict[str, int] = {}

    def note(self, finding: Finding) -> None:
        """Count an execution; one that repeats another does not count."""
        self.was_cut |= finding.is_cut
        if finding.is_redundant:
            return
        self.executions += 1
        self._add(finding, 1)

    def take(self, other: Tally) -> None:
        """Add what another tally holds."""
        self.was_cut |= other.was_cut
        self.executions += other.executions
        for key, best in other._best.items():
            self._add(best, other._counts[key])

    def _add(self, finding: Finding, count: int) -> None:
        key = finding.key
        self._counts[key] = self._counts.get(key, 0) + count
        best = self._best.get(key)
        if best is None or (finding.preemptions, finding.steps) < (best.preemptions, best.steps):
            self._best[key] = finding

    def has_all_of(self, other: Tally) -> bool:
        """Tell whether each outcome of `other` is among the outcomes here."""
        return other._best.keys() <= self._best.keys()

    def outcomes(self, *, starts: bool) -> tuple[model.Outcome, ...]:
        """Return what was found, the simplest schedule of each, in an order that does not depend on the search."""
        ordered = sorted(self._best.values(), key=lambda best: (best.preemptions, best.steps, best.key))
        return tuple(
            model.Outcome(
                best.ending, self._counts[best.key], render_schedule(best.choices, starts=starts), best.preemptions
            )
            for best in ordered
        )
