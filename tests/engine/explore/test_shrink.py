"""Shrinking: the same outcome, fewest preemptions, then fewest steps."""

from __future__ import annotations

import random

import pytest

from dojo.explore.explorer import Explorer
from dojo.explore.shrink import Shrinker
from dojo.explore.strategies.replay import Replay
from dojo.explore.strategies.sampling import RandomWalk
from dojo.explore.tally import Finding
from tests.engine.explore.exploring import explorer_of
from tests.engine.explore.support import LOCK_CYCLE, LOST_UPDATE

LONG = """
    a, log = [0], []
    def add():
        for _ in range(3):
            log.append(1)
            a[0] += 1
    together(add, add, add)
    return a[0] < 9
"""


def found_at_random(explorer: Explorer, key: str, seed: int) -> Finding:
    """Return an execution with this outcome that nobody made simple."""
    strategy = RandomWalk(seed)
    for _ in range(500):
        strategy.begin()
        finding = explorer.execute(strategy)
        if finding.key == key and finding.preemptions > 1:
            return finding
    raise AssertionError(f"no {key}")


@pytest.mark.parametrize(
    ("body", "key", "preemptions", "choices"),
    [(LOST_UPDATE, "returned 1", 1, 3), (LONG, "returned true", 1, 22)],
)
def test_one_preemption_is_left_of_many(body: str, key: str, preemptions: int, choices: int) -> None:
    explorer = explorer_of(body)
    finding = found_at_random(explorer, key, 1)
    simple = Shrinker(explorer, key).shrink(finding)
    assert (simple.key, simple.preemptions, len(simple.choices)) == (key, preemptions, choices)
    assert simple.steps <= finding.steps


def test_a_deadlock_keeps_its_waiters() -> None:
    explorer = explorer_of(LOCK_CYCLE)
    key = "stuck 0@program.py:14>1 1@program.py:10>2 2@program.py:13>1"
    strategy = Replay((2, 2, 1))
    strategy.begin()
    finding = explorer.execute(strategy)
    assert finding.key == key
    simple = Shrinker(explorer, key).shrink(finding)
    assert (simple.key, simple.preemptions, simple.choices) == (key, 1, (2, 2, 1))


def test_the_same_input_gives_the_same_result() -> None:
    explorer = explorer_of(LONG)
    finding = found_at_random(explorer, "returned true", 3)
    first, second = (Shrinker(explorer, finding.key).shrink(finding) for _ in range(2))
    assert first == second


def test_the_start_hardly_matters() -> None:
    explorer = explorer_of(LONG)
    seeds = random.Random(1).sample(range(100), 4)
    simple = {
        Shrinker(explorer, "returned true").shrink(found_at_random(explorer, "returned true", n)).choices for n in seeds
    }
    assert len(simple) == 1


def test_what_is_simple_already_stays() -> None:
    explorer = explorer_of(LOST_UPDATE)
    strategy = Replay(())
    strategy.begin()
    finding = explorer.execute(strategy)
    simple = Shrinker(explorer, finding.key).shrink(finding)
    assert (simple.preemptions, simple.choices, simple.steps) == (0, (), finding.steps)


def test_without_a_budget_for_replays_nothing_is_tried() -> None:
    explorer = explorer_of(LOST_UPDATE)
    finding = found_at_random(explorer, "returned 2", 1)
    shrinker = Shrinker(explorer, "returned 2")
    shrinker.left = 0
    assert shrinker.shrink(finding).preemptions == 0
