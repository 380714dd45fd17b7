"""The machine: who may be chosen, what it costs, what time is, and that nothing stays behind."""

from __future__ import annotations

import contextlib
import gc
import weakref

import pytest

from dojo.explore import lives
from dojo.explore.execution import EXECUTION, MAX_STEPS, PARKED, Execution
from dojo.explore.explorer import Budget
from dojo.explore.idents import FIRST_IDENT
from dojo.explore.operations import NO_SITE, READ, WRITE
from dojo.explore.rules import Rules
from dojo.explore.strategy import Redundant
from dojo.explore.virtual_time import sleep
from tests.engine.explore.exploring import ending, explorer_of, outcomes
from tests.engine.explore.hostile import shown
from tests.engine.explore.support import LOST_UPDATE, FirstReady, replayed, run_bare, searched


def start(function: object) -> object:
    return lives.start(EXECUTION, function, prelude=False, handle=None, purpose=None)  # type: ignore[arg-type]


def test_a_scenario_without_threads_takes_no_choice() -> None:
    finding = replayed("a = [0]\na[0] += 1\nreturn a", "-")
    assert (finding.key, finding.choices, finding.preemptions) == ("returned [1]", (), 0)


def test_a_choice_is_made_only_where_two_can_go_on() -> None:
    body = "a = []\nt = threading.Thread(target=int)\na.append(1)\nt.start()\na.append(2)\nt.join()"
    assert replayed(body, "-").choices == (0,)


def test_nobody_is_preempted_by_default() -> None:
    finding = replayed(LOST_UPDATE, "-")
    assert (finding.key, finding.preemptions) == ("returned 2", 0)


def test_a_switch_away_from_a_task_that_could_go_on_is_a_preemption() -> None:
    assert replayed(LOST_UPDATE, "1121").preemptions == 2


def test_waking_before_others_are_done_is_a_preemption_and_waking_in_order_is_none() -> None:
    body = """
        order = []
        def after(seconds):
            time.sleep(seconds)
            order.append(seconds)
        together((after, 1), (after, 2))
        return order
    """
    in_order, inverted = replayed(body, "11221"), replayed(body, "11222")
    assert (in_order.key, in_order.preemptions) == ("returned [1, 2]", 0)
    assert (inverted.key, inverted.preemptions) == ("returned [2, 1]", 1)


def test_the_clock_stands_still_while_somebody_works() -> None:
    body = "start = time.monotonic()\ntogether(lambda: [None for _ in range(50)], int)\nreturn time.monotonic() - start"
    assert ending(body) == "returned 0.0"


def test_sleeping_takes_no_longer_than_asked_where_nobody_is_slow() -> None:
    body = "start = time.monotonic()\ntogether((time.sleep, 3), (time.sleep, 2))\nreturn time.monotonic() - start"
    assert ending(body) == "returned 3.0"


def test_a_timed_join_ends_with_the_thread_or_with_its_time() -> None:
    body = """
        thread = threading.Thread(target=lambda: time.sleep(2))
        thread.start()
        thread.join(1)
        alive = thread.is_alive()
        thread.join()
        return alive
    """
    assert outcomes(body) == {"returned true", "returned false"}
    assert ending(body) == "returned true"


def test_identifiers_of_ended_threads_are_used_again_where_the_program_looks_at_them() -> None:
    body = """
        seen = []
        for _ in range(3):
            thread = threading.Thread(target=lambda: seen.append(threading.get_ident()))
            thread.start()
            thread.join()
        return seen
    """
    explorer = explorer_of(body)
    explorer.rules = Rules(reuses_idents=True)
    found, explored = explorer.explore(Budget())
    assert explored.exhausted
    assert [shown(outcome.ending) for outcome in found] == [f"returned {[FIRST_IDENT + 1] * 3}"]


def test_a_thread_may_have_ended_before_the_next_one_starts_or_not() -> None:
    explorer = explorer_of("return len(set(together(threading.get_ident, threading.get_ident)))")
    explorer.rules = Rules(reuses_idents=True)
    found, explored = explorer.explore(Budget())
    assert explored.exhausted
    assert {shown(outcome.ending) for outcome in found} == {"returned 1", "returned 2"}


def test_every_execution_begins_anew() -> None:
    explorer = explorer_of("together(int)\nreturn [threading.get_ident(), time.monotonic()]")
    first = explorer.execute(FirstReady())
    assert explorer.execute(FirstReady()) == first


def test_a_task_that_is_cut_off_is_unwound() -> None:
    left: list[str] = []

    def waits() -> None:
        try:
            EXECUTION.point(READ, left, None, NO_SITE)
            left.append("went on")
        finally:
            left.append("unwound")

    run_bare(lambda: start(waits))
    assert left == []  # it had not begun
    run_bare(lambda: (start(waits), EXECUTION.pause()), LastReady())
    assert left == ["unwound"]


class LastReady(FirstReady):
    """Chooses the highest number twice, then the lowest: a task begins and is then left alone."""

    def choose(self, execution: Execution) -> object:
        return max(execution.runnable, key=lambda task: task.number) if not execution.choices else execution.runnable[0]


def test_nothing_of_an_execution_is_kept_alive() -> None:
    class Thing:
        pass

    seen: list[weakref.ref[Thing]] = []

    def scenario() -> None:
        thing = Thing()
        seen.append(weakref.ref(thing))
        start(lambda: EXECUTION.point(WRITE, thing, "x", NO_SITE))

    run_bare(scenario)
    run_bare(lambda: None)
    gc.collect()
    assert seen[0]() is None


def test_a_task_that_catches_everything_is_parked_in_the_end() -> None:
    before = len(PARKED)

    def stubborn() -> None:
        while True:
            with contextlib.suppress(BaseException):
                EXECUTION.pause()

    run_bare(lambda: (start(stubborn), EXECUTION.pause()), LastReady())
    assert len(PARKED) == before + 1


def test_too_many_steps_are_the_end() -> None:
    def scenario() -> None:
        start(lambda: None)
        while True:
            EXECUTION.pause()

    run_bare(scenario)
    assert (EXECUTION.over, len(EXECUTION.log)) == ("spinning", MAX_STEPS + 1)


def test_a_strategy_may_give_an_execution_up() -> None:
    class GivesUp(FirstReady):
        def choose(self, execution: Execution) -> object:
            raise Redundant

    run_bare(lambda: (start(lambda: None), EXECUTION.pause()), GivesUp())
    assert EXECUTION.over == "redundant"


def test_a_fault_of_a_strategy_reaches_whoever_explores() -> None:
    class Broken(FirstReady):
        def choose(self, execution: Execution) -> object:
            raise ZeroDivisionError("a fault of ours")

    with pytest.raises(ZeroDivisionError, match="a fault of ours"):
        explorer_of(LOST_UPDATE).execute(Broken())


def test_a_bare_thread_that_raises_ends_the_execution_with_it() -> None:
    assert ending("import _thread\n_thread.start_new_thread(int, ('x',))\ntime.sleep(1)") == (
        "raised:ValueError invalid literal for int() with base 10: 'x'"
    )


def test_an_exception_of_the_scenario_waits_for_what_others_may_still_do() -> None:
    body = """
        class S: x = 0
        s = S()
        def write(): s.x = 1
        thread = threading.Thread(target=write)
        thread.start()
        if not s.x: raise ValueError("not yet")
        thread.join()
    """
    assert outcomes(body) == {"raised:ValueError not yet", "returned null"}


def test_which_of_two_exceptions_comes_first_is_nobodys_outcome() -> None:
    body = """
        def fail(text): raise ValueError(text)
        threads = [threading.Thread(target=fail, args=(text,)) for text in "ab"]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
    """
    assert outcomes(body) == {"raised:ValueError a"}


def test_outside_an_execution_time_stands_still_and_steps_are_none() -> None:
    sleep(EXECUTION, 5)
    EXECUTION.pause()
    EXECUTION.count_turn()
    assert not EXECUTION.active


def test_fairness_is_not_needed_for_brute_force_to_end() -> None:
    from dojo.explore.strategies.dfs import Dfs

    body = "a = []\ndef wait():\n    while not a: pass\ntogether(wait, lambda: a.append(1))"
    assert searched(body, Dfs())[0] == {"returned null"}
