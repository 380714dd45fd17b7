"""Stages of an exploration: what is counted, what is kept, and what may be claimed."""

from __future__ import annotations

import gc
import sys

import pytest

from dojo import model
from dojo.explore.explorer import Budget
from dojo.explore.restoring import Vigilance
from dojo.explore.strategies.dfs import Dfs
from dojo.explore.strategies.dpor import Dpor
from dojo.explore.tally import Tally
from tests.engine.explore.exploring import explorer_of
from tests.engine.explore.support import LOST_UPDATE, replayed

WIDE = """
    a = [0]
    def add():
        for _ in range(3): a[0] += 1
    together(add, add, add)
    return a[0]
"""
THREE = """
    a = [0]
    def add(): a[0] += 1
    together(add, add, add)
    return a[0]
"""
BOTH_GIVE_WAY = """
    left, right, tries = threading.Lock(), threading.Lock(), [0]
    def take(first, second):
        while True:
            with first:
                tries[0] += 1
                if second.acquire(False):
                    second.release()
                    return
    together((take, left, right), (take, right, left))
    return "both were lucky"
"""
COUNTED_ACROSS_EXECUTIONS = """
    counter = [0]
    def add():
        counter[0] += 1
    together(add, add)
    sys.counted_here = getattr(sys, "counted_here", 0) + 1
    return sys.counted_here
"""
OPENING = 4
"""Executions before the search."""
SMALL = Budget(first=2, scouts=3, reduce=5, bounded=40, max_bound=1, samples=4)


@pytest.mark.parametrize(
    ("executions", "budget"),
    [
        (1, Budget(1, 1, 5, 1, 2, 1)),
        (100, Budget(24, 8, 50, 10, 2, 10)),
        (10_000, Budget(24, 8, 5000, 1000, 2, 1000)),
    ],
)
def test_a_budget_is_shared_out_to_the_stages(executions: int, budget: Budget) -> None:
    assert Budget.of(executions) == budget


def test_a_small_program_is_exhausted_by_the_reduction_alone() -> None:
    outcomes, explored = explorer_of(LOST_UPDATE).explore(Budget())
    assert explored == model.Explored(4, exhausted=True)
    assert [(outcome.value, outcome.count, outcome.preemptions) for outcome in outcomes] == [(2, 2, 0), (1, 2, 1)]


def test_the_reduction_goes_on_after_the_scouts() -> None:
    assert explorer_of(THREE).search(Dpor(), 1000, alone := Tally())
    explorer = explorer_of(THREE)
    _, explored = explorer.explore(Budget(first=1, scouts=3))
    assert explorer.executions == alone.executions + OPENING + 3 * 4
    assert explored == model.Explored(alone.executions, exhausted=True)


def test_before_all_else_everybody_goes_on_in_step_and_then_one_task_after_the_other_is_late() -> None:
    explorer = explorer_of(LOST_UPDATE)
    opening = explorer._open()
    assert opening.executions == explorer.executions == OPENING
    assert [(outcome.value, outcome.count) for outcome in opening.outcomes(starts=False)] == [(1, 3), (2, 1)]


def test_first_executions_that_are_cut_short_are_forgotten() -> None:
    explorer = explorer_of(BOTH_GIVE_WAY)
    assert (explorer._open().executions, explorer.executions) == (1, OPENING)


def test_where_something_outside_the_schedule_decides_nothing_is_said_to_be_exhausted() -> None:
    try:
        outcomes, explored = explorer_of(COUNTED_ACROSS_EXECUTIONS).explore(Budget())
    finally:
        del sys.counted_here  # type: ignore[attr-defined]
    assert explored == model.Explored(OPENING + 4, exhausted=False)
    assert {outcome.value for outcome in outcomes} == set(range(1, OPENING + 5))


def test_no_scouts_are_sent_out_where_the_first_executions_were_a_large_share_of_the_search() -> None:
    _, explored = explorer_of(LOST_UPDATE).explore(Budget(first=2, scouts=3))
    assert explored == model.Explored(4, exhausted=True)


def test_what_is_not_exhausted_claims_its_bound_and_says_what_was_sampled() -> None:
    _, explored = explorer_of(WIDE).explore(SMALL)
    assert explored == model.Explored(
        executions=OPENING + 2 + 12 + 5 + 13 + 40 + 12,
        exhausted=False,
        bound=0,
        sampled=12,
        strategy="dpor, then surw, pos and pct",
    )


def test_without_a_bound_that_was_finished_nothing_is_claimed() -> None:
    _, explored = explorer_of(WIDE).explore(Budget(first=1, scouts=1, reduce=1, bounded=1, samples=1))
    assert (explored.exhausted, explored.bound) == (False, None)


def test_every_execution_counts_for_one_outcome() -> None:
    outcomes, explored = explorer_of(WIDE).explore(SMALL)
    assert sum(outcome.count for outcome in outcomes) == explored.executions


def test_the_schedule_of_an_outcome_gives_that_outcome() -> None:
    outcomes, _ = explorer_of(WIDE).explore(SMALL)
    for outcome in outcomes:
        again = replayed(WIDE, outcome.schedule)
        assert (again.ending, again.preemptions) == (outcome.ending, outcome.preemptions)


def test_the_simplest_schedule_of_an_outcome_is_kept() -> None:
    assert explorer_of(LOST_UPDATE).search(Dfs(), 1000, tally := Tally())
    assert [(outcome.value, outcome.preemptions) for outcome in tally.outcomes(starts=False)] == [(2, 0), (1, 1)]


def test_outcomes_do_not_depend_on_the_order_in_which_they_were_found() -> None:
    reduced, _ = explorer_of(LOST_UPDATE).explore(Budget())
    explorer_of(LOST_UPDATE).search(Dfs(), 1000, tally := Tally())
    assert [outcome.ending for outcome in tally.outcomes(starts=False)] == [outcome.ending for outcome in reduced]


def test_progress_is_told_now_and_then() -> None:
    told: list[int] = []
    explorer = explorer_of(WIDE)
    explorer.progress = told.append
    explorer.search(Dfs(), 600, Tally())
    assert told == [250, 500]


def test_the_collector_is_as_it_was_after_a_search() -> None:
    counts = []
    for _ in range(2):
        explorer_of(LOST_UPDATE).search(Dfs(), 5, Tally())
        counts.append(gc.get_freeze_count())
    assert gc.isenabled() and counts[0] == counts[1]


@pytest.mark.parametrize("body", ["time.sleep(1)", "time.monotonic()", "threading.Lock().acquire(timeout=1)"])
def test_it_is_known_whether_the_clock_mattered(body: str) -> None:
    explorer = explorer_of(f"together(int, lambda: {body})")
    explorer.search(Dfs(), 1, Tally())
    assert explorer.used_clock


def test_it_is_known_that_the_clock_did_not_matter() -> None:
    explorer = explorer_of(LOST_UPDATE)
    explorer.search(Dfs(), 10, Tally())
    assert not explorer.used_clock


CHANGES = {
    "a module of the library": ("hasattr(threading, 'mark')", "threading.mark = True"),
    "a class of the library": ("hasattr(threading.Thread, 'mark')", "threading.Thread.mark = True"),
    "a builtin": ("len([]) == 7", "import builtins; builtins.len = lambda items: 7"),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("when", [1, 24, 25, 26, 30, 38])
def test_what_one_execution_changes_in_the_library_no_other_one_sees(change: str, when: int) -> None:
    seen, act = CHANGES[change]
    body = f"""
        a = [0]
        def add(): a[0] += 1
        together(add, add, add)
        sys.counted_here = getattr(sys, "counted_here", 0) + 1
        seen = {seen}
        if sys.counted_here == {when}: {act}
        return seen
    """
    explorer = explorer_of(body)
    explorer.world.library.vigilance = Vigilance()
    try:
        outcomes, _ = explorer.explore(Budget())
        assert sys.counted_here >= when  # type: ignore[attr-defined]
    finally:
        del sys.counted_here  # type: ignore[attr-defined]
    assert [outcome.value for outcome in outcomes] == [False]
