"""The reduction finds exactly what brute force finds: on generated programs, and on every program that ever failed.

`DOJO_PROGRAMS=10000 python -m pytest -s tests/proofs/test_complete.py` compares more and larger ones and counts them;
COMPLETE.md has the results of such runs.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, assume, given, note, seed, settings

from dojo.explore.strategies.dpor import Dpor
from dojo.explore.strategies.sampling import BurstyRoundRobin, PartialOrderSampling, Pct, RandomWalk, Surw
from tests.proofs.small_programs import compare, explorer_of, programs, search

KEPT = sorted((Path(__file__).parent / "programs").glob("*.py"))
LONG = "DOJO_PROGRAMS" in os.environ
PROGRAMS = int(os.environ.get("DOJO_PROGRAMS", "100"))
# Brute force up to here; what needs more is not compared.
LIMIT = 1000 if LONG else 250
SAMPLES = 25
# Other programs on each version of Python; the long run is the same on all.
others_on_each_version = (lambda test: test) if LONG else seed(sys.version_info.minor)

generated = settings(
    max_examples=PROGRAMS,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


WAITED_FOR = ("condition", "semaphore", "event", "queue", "barrier")
"""Themes in which somebody waits for a condition, and may be woken in more ways than CPython does it."""


@pytest.mark.timeout(0 if LONG else 300)
@pytest.mark.parametrize("any_wakeup", [False, True], ids=["as CPython wakes", "any wake-up"])
def test_the_reduction_finds_what_brute_force_finds_at_every_bound(any_wakeup: bool) -> None:
    tally: Counter[str] = Counter()

    @others_on_each_version
    @settings(generated, max_examples=PROGRAMS // 2 if any_wakeup else PROGRAMS)
    @given(programs(among=WAITED_FOR if any_wakeup else ()))
    def finds_the_same(text: str) -> None:
        tally["drawn"] += 1
        comparison = compare(text, LIMIT, any_wakeup=any_wakeup)
        assume(comparison is not None)
        note(text)
        assert comparison is not None
        assert comparison.faults == []
        tally["compared"] += 1
        for bound, (reduced, brute) in comparison.executions.items():
            tally[f"reduction, bound {bound}"] += reduced
            tally[f"brute force, bound {bound}"] += brute

    finds_the_same()
    print(dict(tally))


@pytest.mark.timeout(0 if LONG else 300)
def test_nothing_that_is_sampled_is_missing_where_the_reduction_is_exhausted() -> None:
    tally: Counter[str] = Counter()

    @others_on_each_version
    @settings(generated, max_examples=max(PROGRAMS // 10, 1))
    @given(programs(most=5))
    def holds_every_sample(text: str) -> None:
        tally["drawn"] += 1
        explorer = explorer_of(text)
        reduced = search(explorer, Dpor(), LIMIT)
        assume(reduced.finished)
        note(text)
        for sampler in (RandomWalk(1), PartialOrderSampling(1), Pct(1), Surw(1), BurstyRoundRobin(1)):
            assert search(explorer, sampler, SAMPLES).keys <= reduced.keys
        tally["sampled"] += 1
        tally["reduction"] += reduced.executions

    holds_every_sample()
    print(dict(tally))


@pytest.mark.timeout(0 if LONG else 300)
def test_markers_in_place_of_objects_change_nothing() -> None:
    @others_on_each_version
    @settings(generated, max_examples=PROGRAMS // 4 if LONG else 10)
    @given(programs())
    def is_the_same(text: str) -> None:
        explorer = explorer_of(text)
        plain = [search(explorer, Dpor(bound), LIMIT) for bound in (None, 1)]
        explorer.world.mortal = True
        assert [search(explorer, Dpor(bound), LIMIT) for bound in (None, 1)] == plain

    is_the_same()


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_program_that_failed_once_does_not_fail_again(path: Path) -> None:
    comparison = compare(path.read_text(encoding="utf-8"), 100_000)
    assert comparison is not None
    assert comparison.faults == []
