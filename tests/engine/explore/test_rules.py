"""What a grader may ask for beyond the outcome: that nobody spins, and that nobody waits, be it for a moment."""

from __future__ import annotations

import pytest

from dojo.explore.explorer import Budget
from dojo.explore.rules import Rules
from tests.engine.explore.exploring import explorer_of
from tests.engine.explore.hostile import shown

POLLS = """
    items = []
    def take():
        while not items:
            {pause}
        return items.pop()
    together(take, (items.append, 1))
"""
WAITS_IN_A_LOOP = """
    condition, items = threading.Condition(), []
    def take():
        with condition:
            while not items:
                condition.wait()
            return items.pop()
    def put():
        with condition:
            items.append(1)
            condition.notify_all()
    together({tasks})
"""
ONE_LOCK = """
    guard, mine, yours = threading.Lock(), threading.{lock}(), threading.{lock}()
    def use(lock):
        with {shared}:
            pass
        with lock:
            pass
    together((use, mine), (use, yours))
"""


def kinds(body: str, **rules: bool) -> set[str]:
    explorer = explorer_of(body)
    explorer.rules = Rules(**rules)
    found, explored = explorer.explore(Budget())
    ended = {shown(outcome.ending).partition(" ")[0] for outcome in found}
    # What the others would have done after a rule ended an execution is not known.
    assert explored.exhausted == (ended == {"returned"})
    return ended


@pytest.mark.parametrize("pause", ["pass", "time.sleep(0)", "time.sleep(0.01)", "items[:]"])
def test_a_loop_that_looks_again_and_again_spins(pause: str) -> None:
    assert kinds(POLLS.format(pause=pause), no_spinning=True) >= {"spinning"}
    assert kinds(POLLS.format(pause=pause)) == {"returned"}


@pytest.mark.parametrize("tasks", ["take, put", "take, take, put, put"])
def test_a_loop_around_a_wait_does_not_spin(tasks: str) -> None:
    assert kinds(WAITS_IN_A_LOOP.format(tasks=tasks), no_spinning=True) == {"returned"}


@pytest.mark.parametrize("lock", ["Lock", "RLock", "Condition"])
def test_whoever_finds_a_lock_held_waits(lock: str) -> None:
    assert kinds(ONE_LOCK.format(lock=lock, shared="guard"), no_waiting=True) == {"returned", "stuck"}
    assert kinds(ONE_LOCK.format(lock=lock, shared="guard")) == {"returned"}


@pytest.mark.parametrize("lock", ["Lock", "RLock", "Condition"])
def test_whoever_takes_a_lock_of_its_own_does_not_wait_nor_whoever_joins(lock: str) -> None:
    assert kinds(ONE_LOCK.format(lock=lock, shared="lock"), no_waiting=True) == {"returned"}
