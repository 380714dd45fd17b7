"""Loops that get nowhere: they wait for what they look at, and an endless one ends as such."""

from __future__ import annotations

import pytest

from dojo.explore.strategies.dpor import Dpor
from tests.engine.explore.exploring import explorer_of, outcomes
from tests.engine.explore.support import searched

# What a loop waits for is there in the end: it is exhausted, and ends in one way.
FRUITFUL = {
    "an attribute": (
        "class S: ready = False\ns = S()\ndef wait():\n    while not s.ready: pass\n"
        "def tell(): s.ready = True\ntogether(wait, tell)"
    ),
    "a local of the scenario": (
        "ready = False\ndef wait():\n    while not ready: pass\n"
        "def tell():\n    nonlocal ready\n    ready = True\ntogether(wait, tell)"
    ),
    "a list": "a = []\ndef wait():\n    while not a: pass\ntogether(wait, lambda: a.append(1))",
    "a key": "d = {}\ndef wait():\n    while 1 not in d: pass\ndef tell(): d[1] = 1\ntogether(wait, tell)",
    "a lock": (
        "lock = threading.Lock()\ndef use():\n    while not lock.acquire(False): pass\n    lock.release()\n"
        "together(use, use)"
    ),
    "the state of a lock": (
        "lock = threading.Lock()\nlock.acquire()\ndef wait():\n    while lock.locked(): pass\n"
        "together(wait, lock.release)"
    ),
    "an event": "e = threading.Event()\ndef wait():\n    while not e.is_set(): pass\ntogether(wait, e.set)",
    "an event, with a timeout": (
        "e = threading.Event()\ndef wait():\n    while not e.wait(1): pass\ntogether(wait, e.set)"
    ),
    "a queue": "q = queue.SimpleQueue()\ndef wait():\n    while q.empty(): pass\ntogether(wait, lambda: q.put(1))",
    "a thread": "t = threading.Thread(target=int)\nt.start()\nwhile t.is_alive(): pass",
    "a thread, with a timeout": "t = threading.Thread(target=int)\nt.start()\nwhile t.is_alive(): t.join(1)",
    "who is alive": (
        "t = threading.Thread(target=int)\nt.start()\nwhile t in threading.enumerate(): pass\n"
        "while threading.active_count() > 1: pass"
    ),
    "the clock": (
        "def wait():\n    end = time.monotonic() + 5\n    while time.monotonic() < end: pass\ntogether(wait, int)"
    ),
    "each other": (
        "a = [0]\ndef turn(mine):\n    while a[0] % 2 != mine: pass\n    a[0] += 1\ntogether((turn, 0), (turn, 1))"
    ),
}
ENDLESS = {
    "nobody changes it": "ready = []\ndef wait():\n    while not ready: pass\ntogether(wait, int)",
    "each polls with a timeout": (
        "e = threading.Event()\ndef poll():\n    while not e.wait(1): pass\ntogether(poll, poll)"
    ),
    "a loop that counts": "def count():\n    n = 0\n    while True: n += 1\ntogether(count, int)",
    "a loop over an endless iterator": (
        "import itertools\ndef count():\n    for _ in itertools.count(): pass\ntogether(count, int)"
    ),
}


@pytest.mark.parametrize("name", FRUITFUL)
def test_a_loop_goes_on_when_what_it_looks_at_changes(name: str) -> None:
    assert outcomes(FRUITFUL[name]) == {"returned null"}


@pytest.mark.parametrize("name", list(ENDLESS)[:2])
def test_a_loop_that_nobody_ends_is_spinning_in_every_schedule(name: str) -> None:
    assert outcomes(ENDLESS[name]) == {"spinning"}


@pytest.mark.parametrize("name", list(ENDLESS)[2:])
def test_a_loop_that_never_rests_is_stopped(name: str) -> None:
    explorer = explorer_of(ENDLESS[name])
    strategy = Dpor(0)
    strategy.begin()
    assert explorer.execute(strategy).key == "spinning program.py:8"


def test_a_fruitless_turn_is_tried_once_for_each_state_that_it_can_see() -> None:
    body = (
        "a = [0]\ndef wait():\n    while a[0] < 2: pass\ndef tell():\n    a[0] = 1\n    a[0] = 2\ntogether(wait, tell)"
    )
    assert searched(body, Dpor()) == ({"returned null"}, 6)


def test_a_turn_that_changes_something_is_no_fruitless_one() -> None:
    body = """
        a, turns = [], [0]
        def wait():
            while not a and turns[0] < 3: turns[0] += 1
        together(wait, lambda: a.append(1))
        return turns[0]
    """
    assert outcomes(body) == {f"returned {turns}" for turns in range(4)}


def test_a_poll_with_a_deadline_sees_the_change_or_the_end_of_its_time() -> None:
    body = """
        a = []
        def wait():
            end = time.monotonic() + 1
            while not a and time.monotonic() < end: time.sleep(0.5)
            return len(a)
        return together(wait, lambda: a.append(1))[0]
    """
    assert outcomes(body) == {"returned 0", "returned 1"}


def test_time_passes_for_loops_that_watch_the_clock_while_nobody_else_can_go_on() -> None:
    body = """
        def wait():
            start = time.monotonic()
            while time.monotonic() - start < 1000: pass
            return time.monotonic() - start >= 1000
        return together(wait, wait)
    """
    assert outcomes(body) == {"returned [true, true]"}


TAKE_AND_ADD = """
    changed = threading.Condition({lock})
    items = []
    def take():
        with changed:
            while not items:
                {wait}
            return items.pop()
    def add():
        with changed:
            items.append(1)
            {notify}
    return together(take, add)
"""


@pytest.mark.parametrize("lock", ["", "threading.Lock()"])
@pytest.mark.parametrize(
    "wait",
    [
        "changed.wait(0.1)",
        "changed.release(); time.sleep(0.1); changed.acquire()",
        "changed.release(); changed.acquire()",
    ],
)
@pytest.mark.parametrize("notify", ["changed.notify()", "pass"])
def test_a_loop_that_lets_go_of_its_lock_in_the_middle_waits_there(lock: str, wait: str, notify: str) -> None:
    assert outcomes(TAKE_AND_ADD.format(lock=lock, wait=wait, notify=notify)) == {"returned [1, null]"}


def test_two_such_loops_come_to_rest_beside_each_other() -> None:
    body = TAKE_AND_ADD.format(lock="", wait="changed.wait(0.1)", notify="changed.notify()")
    assert outcomes(body.replace("together(take, add)", "together(take, take)")) == {"spinning"}


def test_a_loop_whose_wait_is_answered_goes_on_unless_the_answer_meets_a_wait_that_has_just_run_out() -> None:
    body = """
        changed, ready = threading.Condition(), []
        def wait():
            with changed:
                ready.append(True)
                while not changed.wait(0.1):
                    pass
        def wake():
            while not ready:
                pass
            with changed:
                changed.notify()
        return together(wait, wake)
    """
    assert outcomes(body) == {"returned [null, null]", "spinning"}


def test_nobody_comes_to_a_loop_of_timed_waits() -> None:
    assert outcomes("""
        changed = threading.Condition()
        def wait():
            with changed:
                while True:
                    changed.wait(0.1)
        together(wait, lambda: None)
    """) == {"spinning"}
