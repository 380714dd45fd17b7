"""Lock and RLock: who may take them, who may release them, and how long they wait."""

from __future__ import annotations

import sys

import pytest

from tests.engine.explore.exploring import ending, outcomes


def test_a_lock_keeps_an_update_whole():
    assert outcomes("""
        lock, values = threading.Lock(), [0]
        def add():
            with lock:
                values[0] += 1
        together(add, add)
        return values[0]
    """) == {"returned 2"}


def test_without_a_lock_an_update_can_be_lost():
    assert outcomes("""
        values = [0]
        def add():
            values[0] += 1
        together(add, add)
        return values[0]
    """) == {"returned 1", "returned 2"}


def test_two_locks_in_two_orders_can_deadlock():
    assert outcomes("""
        one, other = threading.Lock(), threading.Lock()
        def forth():
            with one, other: pass
        def back():
            with other, one: pass
        together(forth, back)
    """) == {"returned null", "stuck"}


def test_another_thread_may_release_a_lock():
    assert outcomes("""
        lock = threading.Lock()
        lock.acquire()
        together(lock.release)
        return lock.acquire(blocking=False)
    """) == {"returned true"}


def test_a_lock_that_is_free_cannot_be_released():
    assert ending("threading.Lock().release()") == "raised:RuntimeError release unlocked lock"


def test_taking_a_lock_twice_deadlocks():
    assert ending("lock = threading.Lock(); lock.acquire(); lock.acquire()") == "stuck"


def test_a_lock_taken_at_import_stays_taken():
    assert ending("lock.acquire()", module="lock = threading.Lock(); lock.acquire()") == "stuck"
    assert (
        ending("return lock.locked()", module="lock = threading.Lock(); lock.acquire(); lock.release()")
        == "returned false"
    )


def test_an_rlock_taken_at_import_belongs_to_the_first_thread():
    program = "mine = lock.acquire(blocking=False); return [mine, *together(lambda: lock.acquire(blocking=False))]"
    assert ending(program, module="lock = threading.RLock(); lock.acquire()") == "returned [true, false]"


def test_a_try_sees_the_lock_free_or_held():
    assert outcomes("""
        lock, seen = threading.Lock(), []
        def hold():
            with lock: pass
        together(hold, lambda: seen.append(lock.acquire(blocking=False)))
        return seen
    """) == {"returned [true]", "returned [false]", "stuck"}


def test_a_timed_acquisition_gets_the_lock_or_gives_up():
    assert outcomes("""
        lock = threading.Lock()
        def hold():
            with lock:
                time.sleep(2)
        def ask():
            got = lock.acquire(timeout=1)
            if got:
                lock.release()
            return got
        return together(hold, ask)[1]
    """) == {"returned true", "returned false"}


def test_giving_up_takes_as_long_as_was_asked_for():
    assert (
        ending("""
        lock = threading.Lock()
        lock.acquire()
        start = time.monotonic()
        got = lock.acquire(timeout=0.3)
        return [got, 0.3 <= time.monotonic() - start < 0.301]
    """)
        == "returned [false, true]"
    )


def test_an_rlock_counts():
    assert (
        ending("""
        lock = threading.RLock()
        lock.acquire(); lock.acquire(); lock.release()
        first = together(lambda: lock.acquire(blocking=False))
        lock.release()
        return [*first, *together(lambda: lock.acquire(blocking=False))]
    """)
        == "returned [false, true]"
    )


@pytest.mark.parametrize("before", ["", "lock.acquire(); lock.release();", "together(lock.acquire);"])
def test_an_rlock_is_released_by_its_owner_only(before):
    expected = "raised:RuntimeError cannot release un-acquired lock"
    assert ending(f"lock = threading.RLock(); {before} lock.release()") == expected


@pytest.mark.parametrize("timeout", ["-2", "float('inf')", "float('nan')", "1e10", "'1'", "None"])
def test_a_wrong_timeout_is_refused_as_by_the_real_lock(timeout):
    import threading

    try:
        threading.Lock().acquire(True, eval(timeout))
    except (ValueError, OverflowError, TypeError) as error:
        expected = f"raised:{type(error).__name__} {error}"
    assert ending(f"threading.Lock().acquire(True, {timeout})") == expected
    assert ending(f"threading.RLock().acquire(True, {timeout})") == expected


def test_a_timeout_needs_blocking():
    expected = "raised:ValueError can't specify a timeout for a non-blocking call"
    assert ending("threading.Lock().acquire(False, 1)") == expected


def test_a_lock_is_what_this_version_says_it_is():
    assert ending("import _thread; return type(threading.Lock()) is _thread.LockType") == "returned true"
    is_class = sys.version_info >= (3, 13)
    assert ending("return isinstance(threading.Lock, type)") == f"returned {str(is_class).lower()}"


def test_a_lock_cannot_be_subclassed_and_an_rlock_can():
    assert ending("import _thread\nclass Mine(_thread.LockType): pass").startswith(
        "raised:TypeError type '_thread.lock'"
    )
    assert ending("import _thread\nclass Mine(_thread.RLock): pass\nreturn Mine().acquire()") == "returned true"


@pytest.mark.parametrize("what", ["threading.Lock()", "threading.RLock()", "threading.local()", "queue.SimpleQueue()"])
def test_primitives_can_neither_be_copied_nor_pickled(what):
    assert ending(f"import copy; copy.deepcopy({what})").startswith("raised:TypeError cannot pickle '_")
    assert ending(f"import pickle; pickle.dumps({what})").startswith("raised:TypeError cannot pickle '_")


def test_a_lock_is_free_again_in_the_next_execution():
    assert (
        ending("return lock.acquire(blocking=False)", module="lock = threading.Lock()", executions=3) == "returned true"
    )
