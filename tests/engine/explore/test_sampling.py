"""Random strategies: the same seed draws the same schedules, and each finds what it is for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dojo.explore.operations import NO_SITE, READ
from dojo.explore.strategies.sampling import (
    BurstyRoundRobin,
    PartialOrderSampling,
    Pct,
    RandomWalk,
    Surw,
    kinds_of,
)
from dojo.explore.strategy import Strategy
from tests.engine.explore.hostile import shown
from tests.engine.explore.support import LOCK_CYCLE, LOST_UPDATE, sampled

STRATEGIES: dict[str, Callable[[int], Strategy]] = {
    "random walk": RandomWalk,
    "pos": PartialOrderSampling,
    "pct": Pct,
    "surw": Surw,
    "bursty": BurstyRoundRobin,
}
SLEEPER = """
    done = []
    def sleep():
        time.sleep(1)
        return len(done)
    def work():
        for _ in range(4): done.append(1)
    return together(sleep, work)[0]
"""


@pytest.mark.parametrize("name", STRATEGIES)
def test_the_same_seed_draws_the_same_schedules(name: str) -> None:
    first, second = (sampled(LOST_UPDATE, STRATEGIES[name](7), 20) for _ in range(2))
    assert first == second
    assert len({finding.choices for finding in first}) > 5


@pytest.mark.parametrize("name", STRATEGIES)
def test_other_seeds_draw_other_schedules(name: str) -> None:
    first, second = (sampled(LOST_UPDATE, STRATEGIES[name](seed), 20) for seed in (7, 8))
    assert [finding.choices for finding in first] != [finding.choices for finding in second]


@pytest.mark.parametrize("name", STRATEGIES)
def test_a_lost_update_and_a_cycle_of_locks_are_found_soon(name: str) -> None:
    for body, wanted in ((LOST_UPDATE, "returned 1"), (LOCK_CYCLE, "stuck")):
        assert wanted in {shown(finding.ending) for finding in sampled(body, STRATEGIES[name](1), 30)}


@pytest.mark.parametrize("name", STRATEGIES)
def test_time_passes_early_only_now_and_then(name: str) -> None:
    found = [shown(finding.ending) for finding in sampled(SLEEPER, STRATEGIES[name](1), 100)]
    assert 50 < found.count("returned 4") < 100


def test_a_task_that_spins_does_not_keep_the_highest_priority_for_ever() -> None:
    body = "a = []\ndef wait():\n    while not a: pass\ntogether(wait, lambda: a.append(1))"
    assert {shown(finding.ending) for finding in sampled(body, Pct(1), 20)} == {"returned null"}


def test_a_depth_of_one_never_changes_a_priority() -> None:
    assert {shown(finding.ending) for finding in sampled(LOST_UPDATE, Pct(1, depth=1), 50)} == {"returned 2"}


def test_an_operation_is_known_by_the_type_and_member_of_its_target() -> None:
    assert kinds_of((READ, [], ("item", 0), NO_SITE)) == (("list", "('item', 0)"), ("list", ""))
    assert kinds_of((READ, "/program.py", "global x", NO_SITE)) == (("str", "global x"), ("str", ""))
