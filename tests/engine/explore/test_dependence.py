"""Which operations conflict, which steps race, and who can begin in place of a step."""

from __future__ import annotations

import pytest

from dojo.explore.dependence import conflict
from dojo.explore.happens_before import HappensBefore, initials
from dojo.explore.operations import (
    ACQUIRE,
    AWAIT,
    BEGIN,
    BUSY,
    CLOCK,
    END,
    EVERYTHING,
    FINISH,
    JOIN,
    LOOK,
    NO_SITE,
    PUT,
    READ,
    RELEASE,
    SLEEP,
    START,
    TAKE,
    TIMED,
    TIMED_JOIN,
    TRY,
    TRY_TAKE,
    WRITE,
    YIELD,
    Operation,
)
from dojo.explore.task import Task

ONE, OTHER = object(), object()


def act(mode: int, target: object = None, member: object = None) -> Operation:
    return mode, target, member, NO_SITE


CONFLICTS = [
    (act(READ, ONE, "x"), act(WRITE, ONE, "x")),
    (act(WRITE, ONE, "x"), act(WRITE, ONE, "x")),
    (act(WRITE, ONE, ("item", 1)), act(READ, ONE, EVERYTHING)),
    (act(WRITE, ONE, EVERYTHING), act(READ, ONE, ("item", 1))),
    (act(ACQUIRE, ONE), act(ACQUIRE, ONE)),
    (act(ACQUIRE, ONE), act(RELEASE, ONE)),
    (act(TRY, ONE), act(ACQUIRE, ONE)),
    (act(LOOK, ONE), act(RELEASE, ONE)),
    (act(BUSY, ONE), act(RELEASE, ONE)),
    (act(PUT, ONE), act(PUT, ONE)),
    (act(PUT, ONE), act(TAKE, ONE)),
    (act(TRY_TAKE, ONE), act(PUT, ONE)),
    (act(JOIN, ONE), act(END, ONE)),
    (act(TIMED_JOIN, ONE), act(END, ONE)),
    (act(FINISH), act(END, ONE)),
    (act(CLOCK), act(SLEEP)),
    (act(CLOCK), act(TRY, ONE, TIMED)),
    (act(CLOCK), act(BUSY, ONE, TIMED)),
    (act(CLOCK), act(TIMED_JOIN, ONE)),
    (act(AWAIT, {(id(ONE), "x"): ONE}), act(WRITE, ONE, "x")),
    (act(AWAIT, {"clock": None}), act(SLEEP)),
]
INDEPENDENT = [
    (act(READ, ONE, "x"), act(READ, ONE, "x")),
    (act(READ, ONE, "x"), act(WRITE, ONE, "y")),
    (act(WRITE, ONE, "x"), act(WRITE, OTHER, "x")),
    (act(WRITE, ONE, ("item", 1)), act(WRITE, ONE, ("item", 2))),
    (act(ACQUIRE, ONE), act(ACQUIRE, OTHER)),
    (act(LOOK, ONE), act(LOOK, ONE)),
    (act(LOOK, ONE), act(BUSY, ONE)),
    (act(BUSY, ONE), act(BUSY, ONE)),
    (act(JOIN, ONE), act(END, OTHER)),
    (act(END, ONE), act(END, OTHER)),
    (act(SLEEP), act(SLEEP)),
    (act(SLEEP), act(TRY, ONE, TIMED)),
    (act(CLOCK), act(CLOCK)),
    (act(FINISH), act(WRITE, ONE, "x")),
    (act(BEGIN), act(FINISH)),
    (act(YIELD), act(SLEEP)),
    (act(AWAIT, {(id(ONE), "x"): ONE}), act(READ, ONE, "x")),
]


@pytest.mark.parametrize("pair", CONFLICTS, ids=lambda pair: f"{pair[0][0]}-{pair[1][0]}")
def test_the_order_of_these_can_make_a_difference(pair: tuple[Operation, Operation]) -> None:
    assert conflict(*pair) and conflict(*reversed(pair))


@pytest.mark.parametrize("pair", INDEPENDENT, ids=lambda pair: f"{pair[0][0]}-{pair[1][0]}")
def test_the_order_of_these_cannot(pair: tuple[Operation, Operation]) -> None:
    assert not conflict(*pair) and not conflict(*reversed(pair))


def races(tasks: int, *steps: tuple[int, Operation]) -> list[list[int]]:
    """Return for each step the places of the earlier steps that it races with."""
    order = HappensBefore(tasks)
    return [[event.index for event in order.add(task, operation)[0]] for task, operation in steps]


def test_a_write_races_with_the_write_before_and_the_reads_since() -> None:
    write, read = act(WRITE, ONE, "x"), act(READ, ONE, "x")
    assert races(2, (0, write), (1, write)) == [[], [0]]
    assert races(3, (0, write), (1, read), (2, write)) == [[], [0], [1]]
    assert races(3, (0, read), (1, read), (2, write)) == [[], [], [0, 1]]


def test_what_is_ordered_by_a_lock_does_not_race_but_the_acquisitions_do() -> None:
    take, free, write = act(ACQUIRE, ONE), act(RELEASE, ONE), act(WRITE, OTHER, "x")
    steps = [(task, operation) for task in (0, 1) for operation in (take, write, free)]
    assert races(2, *steps) == [[], [], [], [0], [], []]


def test_a_step_does_not_race_with_what_let_it_go_on() -> None:
    end, join = act(END, ONE), act(JOIN, ONE)
    assert races(2, (0, end), (1, join)) == [[], []]
    assert races(2, (0, act(PUT, OTHER)), (1, act(TAKE, OTHER))) == [[], []]


def test_a_timed_wait_races_with_what_would_have_let_it_go_on() -> None:
    assert races(2, (0, act(END, ONE)), (1, act(TIMED_JOIN, ONE))) == [[], [0]]
    assert races(2, (0, act(RELEASE, ONE)), (1, act(TRY, ONE, TIMED))) == [[], [0]]


def test_an_acquisition_does_not_race_with_a_look_that_found_the_lock_held() -> None:
    assert races(2, (0, act(BUSY, ONE)), (1, act(ACQUIRE, ONE))) == [[], []]
    assert races(2, (0, act(LOOK, ONE)), (1, act(ACQUIRE, ONE))) == [[], [0]]


def test_a_loop_that_waits_races_with_nobody() -> None:
    write = act(WRITE, ONE, "x")
    assert races(2, (0, write), (1, act(AWAIT, {(id(ONE), "x"): ONE})), (0, write)) == [[], [], []]


def test_a_start_orders_what_the_new_task_does() -> None:
    write = act(WRITE, ONE, "x")
    assert races(2, (0, write), (0, act(START, Task(1, 1001))), (1, write)) == [[], [], []]


def test_two_sleeps_commute_and_a_look_at_the_clock_races_with_both() -> None:
    assert races(3, (0, act(SLEEP)), (1, act(SLEEP)), (2, act(CLOCK))) == [[], [], [0, 1]]


def test_a_step_that_was_only_announced_leaves_the_order_as_it_is() -> None:
    order, write = HappensBefore(2), act(WRITE, ONE, "x")
    order.add(0, write)
    announced = [[event.index for event in order.announced(1, write)[0]] for _ in range(2)]
    assert announced == [[0], [0]] and len(order.events) == 1


def test_the_racing_task_can_begin_where_nothing_of_it_depends_on_what_lies_between() -> None:
    order, write = HappensBefore(3), act(WRITE, ONE, "x")
    order.add(0, write)
    order.add(2, act(WRITE, OTHER, "y"))
    (race,), clock = order.add(1, write)
    assert initials(order.events, race, 1, clock) == [2, 1]


def test_who_depends_on_a_step_between_cannot_begin() -> None:
    order, write = HappensBefore(3), act(WRITE, ONE, "x")
    order.add(0, write)
    order.add(2, act(WRITE, OTHER, "y"))
    order.add(1, act(READ, OTHER, "y"))
    (race,), clock = order.add(1, write)
    assert initials(order.events, race, 1, clock) == [2]
