"""While modules are imported nobody else runs: what would wait for ever says so, and the rest works as everywhere."""

from __future__ import annotations

import pytest

from tests.engine.explore.exploring import ending

TRIED = """
def said(call):
    try:
        return call()
    except RuntimeError as error:
        return str(error)

"""


@pytest.mark.parametrize(
    "before, call, answer",
    [
        (
            "lock = threading.Lock(); lock.acquire()",
            "lock.acquire()",
            '"this lock is held, and nobody is left who could release it"',
        ),
        ("lock = threading.Lock(); lock.acquire()", "lock.acquire(blocking=False)", "false"),
        ("lock = threading.Lock(); lock.acquire()", "lock.acquire(timeout=1)", "false"),
        ("lock = threading.Lock(); lock.acquire()", "lock.locked()", "true"),
        ("lock = threading.Lock()", "lock.release()", '"release unlocked lock"'),
        ("lock = threading.RLock(); lock.acquire()", "lock.acquire()", "true"),
        ("lock = threading.RLock(); lock.acquire()", "lock._is_owned()", "true"),
        ("lock = threading.RLock(); lock.acquire()", "lock.release()", "null"),
        ("lock = threading.RLock()", "lock.release()", '"cannot release un-acquired lock"'),
        (
            "box = queue.SimpleQueue()",
            "box.get()",
            '"this queue is empty, and nobody is left who could put something into it"',
        ),
        ("box = queue.SimpleQueue(); box.put(7)", "box.get()", "7"),
        ("event = threading.Event(); event.set()", "event.wait()", "true"),
        ("box = queue.Queue(); box.put(7)", "box.get()", "7"),
        ("local = threading.local(); local.x = 7", "local.x", "7"),
        ("", "threading.current_thread().name", '"MainThread"'),
    ],
)
def test_it_works_or_says_why_it_cannot(before, call, answer):
    module = f"{TRIED}{before}\nanswer = said(lambda: {call})"
    assert ending("return answer", module=module) == f"returned {answer}"


def test_what_is_held_at_import_is_held_again_in_every_execution():
    module = "lock = threading.Lock(); lock.acquire()"
    assert ending("lock.release(); return lock.locked()", module=module, executions=2) == "returned false"
    assert ending("return lock.locked()", module=module, executions=2) == "returned true"


def test_a_condition_of_an_rlock_taken_at_import_can_be_waited_for():
    module = "condition = threading.Condition(); condition.acquire(); gone = condition.wait(1)"
    assert ending("return [gone, condition._is_owned()]", module=module) == "returned [false, true]"
