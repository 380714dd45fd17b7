"""Make a schedule simpler: the same outcome with the fewest preemptions, then the fewest steps and choices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dojo.explore.explorer import Explorer
from dojo.explore.strategies.dpor import Dpor
from dojo.explore.strategies.replay import Replay
from dojo.explore.strategy import Strategy
from dojo.explore.tally import Finding

PER_BOUND = 400
REPLAYS = 400
STEPS = 300_000
"""Of all executions together: an outcome that takes thousands of steps is tried to be made simpler a few times only."""


class Shrinker:
    """Looks for the simplest execution with a given outcome; the same input gives the same result."""

    def __init__(self, explorer: Explorer, key: str) -> None:
        self.explorer = explorer
        self.key = key
        self.left = REPLAYS
        self.steps_left = STEPS

    def shrink(self, finding: Finding) -> Finding:
        """Return the simplest finding with the same outcome that the budget allows to find."""
        best = self._with_fewer_preemptions(finding)
        improved = True
        while improved and self.left > 0 and self.steps_left > 0:
            improved = False
            for candidate in (*_prefixes(best.choices), *_merged(best.choices)):
                tried = self._replay(candidate)
                if tried is not None and _rank(tried) < _rank(best):
                    best, improved = tried, True
                    break
        return best

    def _with_fewer_preemptions(self, finding: Finding) -> Finding:
        for bound in range(finding.preemptions):
            strategy = Dpor(bound)
            for _ in range(PER_BOUND):
                if self.steps_left <= 0 or not strategy.begin():
                    break
                found = self._executed(strategy)
                if found.key == self.key and not found.is_redundant:
                    return found
        return finding

    def _replay(self, choices: Sequence[int]) -> Finding | None:
        if self.left <= 0 or self.steps_left <= 0:
            return None
        self.left -= 1
        strategy = Replay(choices)
        strategy.begin()
        found = self._executed(strategy)
        if found.key != self.key or strategy.diverged:
            return None
        return Finding(found.ending, found.key, tuple(choices), found.preemptions, found.steps)

    def _executed(self, strategy: Strategy) -> Finding:
        found = self.explorer.execute(strategy)
        self.steps_left -= found.steps
        return found


def _rank(finding: Finding) -> tuple[int, int, int]:
    return finding.preemptions, finding.steps, len(finding.choices)


def _prefixes(choices: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Yield the schedule cut off ever later: what follows is left to the default choice."""
    for length in range(len(choices)):
        yield choices[:length]


def _merged(choices: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Yield schedules in which two runs of the same task are brought together."""
    runs: list[list[int]] = []
    for choice in choices:
        if runs and runs[-1][0] == choice:
            runs[-1].append(choice)
        else:
            runs.append([choice])
    for first in range(len(runs)):
        for second in range(first + 2, len(runs)):
            if runs[first][0] == runs[second][0]:
                middle = runs[first + 1 : second]
                for order in ([runs[first], runs[second], *middle], [*middle, runs[first], runs[second]]):
                    yield tuple(choice for run in (*runs[:first], *order, *runs[second + 1 :]) for choice in run)
                break
