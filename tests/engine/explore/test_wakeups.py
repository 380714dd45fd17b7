"""What the documentation of `Condition` allows and CPython does not do: explored where a grader asks for it."""

from __future__ import annotations

from collections.abc import Sequence

from dojo.explore.explorer import Budget, Explorer
from dojo.explore.record import Recorder
from dojo.explore.rules import Rules
from dojo.explore.shrink import Shrinker
from dojo.explore.strategies.replay import Replay
from tests.engine.explore.exploring import explorer_of
from tests.engine.explore.hostile import shown

TWO_WAITERS = """
    condition, waiting, woken = threading.Condition(), [], []

    def wait(name):
        with condition:
            waiting.append(name)
            condition.wait()
            woken.append(name)

    threads = [threading.Thread(target=wait, args=(name,), daemon=True) for name in "ab"]
    for thread in threads:
        thread.start()
    while len(waiting) < 2:
        pass
    with condition:
        condition.notify()
    while not woken:
        pass
    with condition:
        first = woken[0]
        condition.notify_all()
    for thread in threads:
        thread.join()
    return [waiting[0], first]
"""
HANDED_OVER = """
    condition, items = threading.Condition(), []

    def give():
        with condition:
            items.append("item")
            condition.notify()

    def take():
        with condition:
            {check} not items:
                condition.wait()
            return items.pop() if items else "nothing"

    return together(give, take)[1]
"""
NEVER_WOKEN = """
    condition = threading.Condition()

    def take():
        with condition:
            condition.wait()

    together(take, take)
"""


def exploring(body: str, *, any_wakeup: bool) -> Explorer:
    explorer = explorer_of(body)
    explorer.rules = Rules(any_wakeup=any_wakeup)
    return explorer


def outcomes(body: str, *, any_wakeup: bool) -> set[str]:
    found, explored = exploring(body, any_wakeup=any_wakeup).explore(Budget())
    assert explored.exhausted
    return {shown(outcome.ending) for outcome in found}


def test_notify_wakes_the_waiter_that_came_first_and_may_wake_any() -> None:
    assert outcomes(TWO_WAITERS, any_wakeup=False) == {'returned ["a", "a"]', 'returned ["b", "b"]'}
    assert outcomes(TWO_WAITERS, any_wakeup=True) >= {'returned ["a", "b"]', 'returned ["b", "a"]'}


def test_a_wait_may_end_without_a_notify() -> None:
    with_if, with_while = (HANDED_OVER.format(check=check) for check in ("if", "while"))
    assert outcomes(with_if, any_wakeup=False) == {'returned "item"'}
    assert outcomes(with_if, any_wakeup=True) == {'returned "item"', 'returned "nothing"'}
    assert outcomes(with_while, any_wakeup=True) == {'returned "item"'}


def test_waking_by_itself_saves_nobody_from_waiting_for_ever() -> None:
    found, explored = exploring(NEVER_WOKEN, any_wakeup=True).explore(Budget())
    assert explored.exhausted
    assert ("stuck", 0) in {(shown(outcome.ending), outcome.preemptions) for outcome in found}


def test_a_schedule_with_picks_leads_to_the_same_end_again_and_is_recorded() -> None:
    explorer = exploring(HANDED_OVER.format(check="if"), any_wakeup=True)
    found, _ = explorer.explore(Budget())
    nothing = next(outcome for outcome in found if shown(outcome.ending) == 'returned "nothing"')
    finding = explorer.execute(replaying([int(choice) for choice in nothing.schedule]))
    simplest = Shrinker(explorer, finding.key).shrink(finding)
    recorder = Recorder(explorer.sources)
    again = explorer.execute(replaying(simplest.choices), recorder)
    assert (simplest.preemptions, shown(again.ending)) == (1, 'returned "nothing"')
    assert ("wake", "condition") in [(step.verb, step.subject) for step in recorder.steps]


def test_waits_inside_the_library_end_as_the_library_promises() -> None:
    body = """
        event, future = threading.Event(), concurrent.futures.Future()

        def wait():
            return [event.wait(), future.result()]

        def finish():
            event.set()
            future.set_result("done")

        return together(wait, finish)[0]
    """
    explorer = explorer_of(body, module="import concurrent.futures")
    explorer.rules = Rules(any_wakeup=True)
    found, explored = explorer.explore(Budget())
    assert explored.exhausted
    assert {shown(outcome.ending) for outcome in found} == {'returned [true, "done"]'}


def replaying(choices: Sequence[int]) -> Replay:
    strategy = Replay(choices)
    strategy.begin()
    return strategy
