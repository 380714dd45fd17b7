"""Whether a thread has begun is up to the schedule, where somebody else than its starter asks."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dojo.explore.explorer import Budget, StartsMatter
from dojo.explore.strategies.dfs import Dfs
from dojo.explore.strategies.sampling import PartialOrderSampling
from dojo.explore.tally import Tally
from tests.engine.explore.exploring import explorer_of, outcomes
from tests.engine.explore.hostile import shown

JOIN = """
    seen = []
    thread = threading.Thread(target=lambda: None)
    def ask():
        try:
            thread.join()
            seen.append("joined")
        except RuntimeError as error:
            seen.append(str(error))
    together(ask, thread.start)
    thread.join()
    return seen
"""
PUBLISHED = """
    threads, seen = [], []
    def start():
        threads.append(threading.Thread(target=lambda: None))
        threads[0].start()
    def ask():
        seen.append(threads[0].is_alive() if threads else None)
    together(start, ask)
    threads[0].join()
    return seen
"""
BY_ITS_STARTER = """
    seen = []
    def work():
        thread = threading.Thread(target=lambda: seen.append(threading.current_thread().is_alive()))
        thread.start()
        thread.join()
    together(work, work)
    return seen
"""


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        (JOIN, {'returned ["joined"]', 'returned ["cannot join thread before it is started"]'}),
        (PUBLISHED, {"returned [true]", "returned [false]", "returned [null]"}),
        (BY_ITS_STARTER, {"returned [true, true]"}),
    ],
    ids=["join", "published", "by its starter"],
)
def test_every_outcome_is_found(program: str, expected: set[str]) -> None:
    assert outcomes(program) == expected


@pytest.mark.parametrize("program", [JOIN, PUBLISHED], ids=["join", "published"])
def test_samples_find_the_same(program: str) -> None:
    explorer = explorer_of(program)
    explorer.rules = replace(explorer.rules, starts=True)
    explorer.search(PartialOrderSampling(1), 200, tally := Tally())
    assert {shown(outcome.ending) for outcome in tally.outcomes(starts=True)} == outcomes(program)


def test_a_search_that_meets_such_a_question_has_to_begin_anew() -> None:
    with pytest.raises(StartsMatter):
        explorer_of(JOIN).search(Dfs(), 10_000, Tally())


def test_the_schedules_say_that_starts_are_steps() -> None:
    found, _ = explorer_of(JOIN).explore(Budget())
    assert all(outcome.schedule.startswith("+") for outcome in found)


def test_no_start_is_a_step_where_nobody_else_asks() -> None:
    found, _ = explorer_of(BY_ITS_STARTER).explore(Budget())
    assert [outcome.schedule.startswith("+") for outcome in found] == [False]
