"""What `threading` builds on its locks: exactly what can come of small programs."""

from __future__ import annotations

import pytest

from tests.engine.explore.exploring import ending, outcomes


def test_a_notify_before_the_wait_is_lost():
    assert outcomes("""
        condition = threading.Condition()
        def wait():
            with condition: condition.wait()
        def tell():
            with condition: condition.notify()
        together(wait, tell)
    """) == {"returned null", "stuck"}


def test_a_wait_with_a_predicate_loses_no_notify():
    assert outcomes("""
        condition, ready = threading.Condition(), []
        def wait():
            with condition: return condition.wait_for(lambda: ready)
        def tell():
            with condition:
                ready.append(1)
                condition.notify()
        return together(wait, tell)[0]
    """) == {"returned [1]"}


def test_a_wait_with_a_timeout_is_told_or_gives_up():
    assert outcomes("""
        condition = threading.Condition()
        def wait():
            with condition: return condition.wait(timeout=1)
        def tell():
            with condition: condition.notify()
        return together(wait, tell)[0]
    """) == {"returned true", "returned false"}


def test_a_wait_without_time_gives_up_at_last():
    assert (
        ending("""
        condition, turns, end = threading.Condition(), 0, time.monotonic() + 0.00001
        with condition:
            while end - time.monotonic() >= 0:
                condition.wait(max(0, end - time.monotonic()))
                turns += 1
        return turns < 100
    """)
        == "returned true"
    )


def test_wait_and_notify_need_the_lock():
    assert ending("threading.Condition().wait()") == "raised:RuntimeError cannot wait on un-acquired lock"
    assert ending("threading.Condition().notify()") == "raised:RuntimeError cannot notify on un-acquired lock"


def test_an_event_is_set_for_all():
    assert outcomes("""
        event = threading.Event()
        return together(event.wait, event.wait, event.set)[:2]
    """) == {"returned [true, true]"}


def test_an_event_that_is_cleared_can_be_missed():
    assert outcomes("""
        event = threading.Event()
        def blink():
            event.set()
            event.clear()
        together(event.wait, blink)
    """) == {"returned null", "stuck"}


@pytest.mark.parametrize("places, together", [(1, {"returned 1"}), (2, {"returned 1", "returned 2"})])
def test_a_semaphore_lets_so_many_in(places, together):
    assert (
        outcomes(f"""
            semaphore, inside, most = threading.Semaphore({places}), [], []
            def enter():
                with semaphore:
                    inside.append(1)
                    most.append(len(inside))
                    inside.pop()
            together(enter, enter)
            return max(most)
        """)
        == together
    )


def test_a_semaphore_with_a_timeout_is_got_or_not():
    assert outcomes("""
        semaphore = threading.Semaphore(0)
        return together(lambda: semaphore.acquire(timeout=1), semaphore.release)[0]
    """) == {"returned true", "returned false"}


def test_a_bounded_semaphore_counts_releases():
    assert ending("threading.BoundedSemaphore(1).release()") == "raised:ValueError Semaphore released too many times"


def test_a_barrier_gives_everybody_another_number():
    assert outcomes("""
        barrier = threading.Barrier(2)
        return sorted(together(barrier.wait, barrier.wait))
    """) == {"returned [0, 1]"}


def test_a_barrier_with_too_few_times_out_and_is_broken():
    assert (
        ending("""
        barrier = threading.Barrier(2, timeout=1)
        return [attempt(barrier.wait)["raised"], barrier.broken]
    """)
        == 'returned ["BrokenBarrierError", true]'
    )


def test_an_aborted_barrier_lets_nobody_wait():
    assert outcomes("""
        barrier = threading.Barrier(2)
        return together((attempt, barrier.wait), barrier.abort)[0]["raised"]
    """) == {'returned "BrokenBarrierError"'}


def test_a_timer_runs_after_its_time_or_is_cancelled():
    assert outcomes("""
        ran = []
        timer = threading.Timer(1, lambda: ran.append("ran"))
        timer.start()
        timer.cancel()
        timer.join()
        return ran
    """) == {"returned []", 'returned ["ran"]'}


def test_a_timer_that_is_never_cancelled_is_waited_for_by_nobody():
    assert ending("threading.Timer(1, int).start()") == "left-alive"
