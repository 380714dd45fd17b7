"""Data races found in traces written by hand."""

import pytest

from dojo.diagnosis import diagnose
from dojo.model import Returned
from dojo.races import find_races
from tests.engine.traces import trace


def races(text):
    return [(first.number, second.number) for first, second in find_races(trace(text))]


def test_two_accesses_that_nothing_orders_race():
    assert races(
        """
        T1 10 read total -> 0
        T2 12 write total <- 1
        """
    ) == [(1, 2)]


@pytest.mark.parametrize(
    "text",
    [
        # Nobody writes.
        """
        T1 10 read total -> 0
        T2 10 read total -> 0
        """,
        # Not the same place.
        """
        T1 10 write total <- 1
        T2 12 write count <- 1
        """,
        # One lock.
        """
        T1 9 acquire lock
        T1 10 write total <- 1
        T1 11 release lock
        T2 9 acquire lock
        T2 10 write total <- 2
        """,
        # The end of a thread, and the wait for it.
        """
        T1 10 write total <- 1
        T1 - end T1
        main - join T1
        main 12 read total -> 1
        """,
        # What was done before a thread started.
        """
        main 8 write total <- 0
        main - start T1
        T1 10 read total -> 0
        """,
        # A wake-up.
        """
        T1 10 write total <- 1
        T1 11 notify ready
        T2 14 wait ready
        T2 15 read total -> 1
        """,
        # The grader's own step.
        """
        T1 10 write total <- 1
        T2 - read total -> 1
        """,
    ],
)
def test_what_is_ordered_or_only_read_does_not_race(text):
    assert races(text) == []


def test_another_lock_orders_nothing():
    assert races(
        """
        T1 9 acquire lock
        T1 10 write total <- 1
        T1 11 release lock
        T2 9 acquire other
        T2 10 write total <- 2
        """
    ) == [(2, 5)]


def test_where_no_pattern_fits_a_race_is_told():
    finding = diagnose(
        Returned(1),
        trace(
            """
            T1 10 write total <- 1
            T2 12 write total <- 2
            """
        ),
    )
    assert finding.diagnosis.code == "CONTRACT"
    assert finding.why == "T1 (line 10) and T2 (line 12) both touch total, and no lock, start or join orders them."
