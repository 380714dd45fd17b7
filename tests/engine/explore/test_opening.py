"""The first executions of a search: what everybody does in them, step by step."""

from __future__ import annotations

import pytest

from dojo.explore.execution import EXECUTION
from dojo.explore.operations import END, JOIN, NAMES, START
from dojo.explore.strategies.opening import DELAYS, Delay, InStep, Late
from dojo.explore.strategy import Strategy
from tests.engine.explore.exploring import explorer_of
from tests.engine.explore.hostile import shown
from tests.engine.explore.support import LOCK_CYCLE, LOST_UPDATE

TWO_LOCKINGS = """
    lock = threading.Lock()
    def take():
        with lock: pass
        with lock: pass
    together(take, take, take)
"""
LOOK_WHILE_WRITING = """
    class Span: low, high = 0, 10
    span = Span()
    def move():
        span.low = 20
        span.high = 30
    def measure():
        return span.high - span.low
    return together(measure, move)[0]
"""
READ_BACK = """
    class Seat: owner = None
    seat = Seat()
    def sit(name):
        seat.owner = name
        return seat.owner == name
    return together((sit, "ada"), (sit, "bob"))
"""
SLEEPERS = """
    done = []
    def sleep():
        time.sleep(1)
        early = len(done)
        time.sleep(1)
        return [early, len(done)]
    def work():
        done.append(1)
        done.append(2)
    return together(sleep, work)[0]
"""
STARTED_TOO_EARLY = """
    class Worker:
        def __init__(self):
            self.thread = threading.Thread(target=self.work)
            self.thread.start()
            self.name = "ada"
        def work(self):
            self.found = getattr(self, "name", None)
    worker = Worker()
    worker.thread.join()
    return worker.found
"""


def run(body: str, *strategies: Strategy) -> tuple[str, str]:
    """Run one execution under each strategy; return the steps of all but the scenario, and the end, of the last one."""
    explorer = explorer_of(body)
    for strategy in strategies:
        assert strategy.begin()
        finding = explorer.execute(strategy)
    steps = [
        f"{number} {NAMES[operation[0]]}"
        for number, operation in EXECUTION.log
        if number and operation[0] not in (START, END, JOIN)
    ]
    return ", ".join(steps), shown(finding.ending)


def test_all_begin_together_and_take_steps_in_turn_the_last_one_first() -> None:
    assert run(LOST_UPDATE, InStep()) == ("2 begin, 1 begin, 2 read, 1 read, 2 write, 1 write", "returned 1")


def test_to_take_a_lock_is_no_step_of_its_own_unless_another_lock_comes_next() -> None:
    assert run(TWO_LOCKINGS, InStep())[0].startswith("3 begin, 2 begin, 1 begin, 3 acquire, 3 release, 2 acquire")
    assert run(LOCK_CYCLE, InStep()) == ("2 begin, 1 begin, 2 acquire, 1 acquire", "stuck")


def test_who_is_about_to_write_waits_until_everybody_has_looked() -> None:
    assert run(LOOK_WHILE_WRITING, InStep()) == (
        "2 begin, 1 begin, 1 read, 1 read, 2 write, 2 write",
        "returned 10",
    )


def test_who_looks_at_what_it_wrote_itself_does_not_come_before_the_next_write() -> None:
    assert run(READ_BACK, InStep()) == (
        "2 begin, 1 begin, 2 write, 1 write, 2 read, 1 read",
        "returned [true, false]",
    )


def test_the_first_wait_for_the_clock_is_over_at_once_and_the_next_one_comes_last() -> None:
    assert run(SLEEPERS, InStep())[1] == "returned [1, 2]"


def test_a_thread_looks_before_who_started_it_writes() -> None:
    assert run(STARTED_TOO_EARLY, InStep())[1] == "returned null"


def test_afterwards_the_steps_are_known_at_places_where_steps_raced() -> None:
    run(TWO_LOCKINGS, in_step := InStep())
    assert in_step.contested == {1: [1, 3], 2: [1, 3], 3: [1, 3]}


@pytest.mark.parametrize(
    ("delay", "order"),
    [
        (Delay(0, 1), "1 1 3 3 3 3 2 2 2 2 1 1"),
        (Delay(-1, 0), "2 2 2 2 1 1 1 1 3 3 3 3"),
        (Delay(1, 1), "2 2 3 3 3 3 1 1 1 1 2 2"),
    ],
)
def test_who_is_late_waits_before_a_contested_step_until_nobody_else_can_go_on(delay: Delay, order: str) -> None:
    in_step = InStep()
    steps, _ = run(TWO_LOCKINGS, in_step, Late(delay, in_step))
    assert " ".join(step[0] for step in steps.split(", ") if "begin" not in step) == order
    assert delay in DELAYS


def test_there_is_no_delay_where_no_task_has_so_many_contested_steps() -> None:
    run("together(print, print)", in_step := InStep())
    assert [Late(delay, in_step).begin() for delay in DELAYS] == [False, False, False]


def test_an_operation_that_nobody_contests_is_not_among_them() -> None:
    run("a = [0]\ntogether(lambda: a[0], lambda: a[0])", in_step := InStep())
    assert in_step.contested == {}
