"""Nobody is starved for ever: a loop that waits for another task is no endless one, whatever the schedule."""

from __future__ import annotations

import pytest

from dojo.explore.execution import EXECUTION
from dojo.explore.explorer import Budget
from dojo.explore.fairness import FAIR_STEPS
from dojo.explore.strategies.sampling import BurstyRoundRobin, PartialOrderSampling, Pct, RandomWalk, Surw
from tests.engine.explore.exploring import explorer_of
from tests.engine.explore.hostile import shown

COUNTS_ITS_POLLS = """
    box = [False, 0]
    def poll():
        while not box[0]:
            box[1] += 1
    def tell():
        box[0] = True
    together(poll, tell)
    return "ended"
"""
COUNTS_IN_A_LOCAL = """
    event, polls = threading.Event(), 0
    thread = threading.Thread(target=event.set)
    thread.start()
    while not event.is_set():
        polls += 1
    thread.join()
    return "ended"
"""
TRIES_AND_PAUSES = """
    lock, done = threading.Lock(), []
    def use():
        while not lock.acquire(blocking=False):
            time.sleep(0.001)
        done.append(time.monotonic())
        lock.release()
    together(use, use, use)
    return "ended"
"""
NEVER_ENDS = """
    box = [0]
    def count():
        while box[0] >= 0:
            box[0] += 1
    together(count, count)
"""


@pytest.mark.parametrize("body", [COUNTS_ITS_POLLS, COUNTS_IN_A_LOCAL, TRIES_AND_PAUSES])
def test_a_loop_that_another_task_ends_is_no_endless_one_and_its_end_no_proof(body: str) -> None:
    found, explored = explorer_of(body).explore(Budget(first=4, scouts=2, reduce=6, bounded=3, max_bound=1, samples=3))
    assert {shown(outcome.ending) for outcome in found} == {'returned "ended"'}
    assert not explored.exhausted


@pytest.mark.parametrize("sampler", [RandomWalk, PartialOrderSampling, Pct, Surw, BurstyRoundRobin])
def test_every_sampler_lets_a_loop_come_to_its_end(sampler: type) -> None:
    explorer = explorer_of(COUNTS_ITS_POLLS)
    strategy = sampler(7)
    for _ in range(5):
        strategy.begin()
        finding = explorer.execute(strategy)
        assert (shown(finding.ending), finding.steps < 2 * FAIR_STEPS) == ('returned "ended"', True)


def test_a_loop_that_nobody_ends_is_endless_though_all_had_their_turns() -> None:
    explorer = explorer_of(NEVER_ENDS)
    found, _ = explorer.explore(Budget(reduce=2, bounded=1, max_bound=0, samples=1, scouts=1, first=1))
    assert {shown(outcome.ending) for outcome in found} == {"spinning"}
    assert {number for number, _ in EXECUTION.log[-2 * FAIR_STEPS :]} == {1, 2}


PAUSES_THAT_DOUBLE = """
    ready = []
    def wait():
        pause = 0.001
        while not ready:
            time.sleep(pause)
            pause *= 2
    together(wait, lambda: ready.append(1))
    return "ended"
"""
A_LONG_SLEEP_AND_A_LONGER_ONE = """
    seen = []
    def sleep(seconds):
        time.sleep(seconds)
        seen.append(seconds)
    together(lambda: sleep(3e6), lambda: sleep(2e6), lambda: seen.append(0))
    return seen
"""


def test_pauses_that_double_never_grow_beyond_every_clock() -> None:
    found, explored = explorer_of(PAUSES_THAT_DOUBLE).explore(Budget())
    assert {shown(outcome.ending) for outcome in found} == {'returned "ended"'}
    assert not explored.exhausted


def test_who_sleeps_for_weeks_comes_after_everybody_else() -> None:
    found, explored = explorer_of(A_LONG_SLEEP_AND_A_LONGER_ONE).explore(Budget())
    endings = {shown(outcome.ending) for outcome in found}
    assert endings == {"returned [0, 2000000.0, 3000000.0]", "returned [0, 3000000.0, 2000000.0]"}
    assert not explored.exhausted
