"""Why no first execution finds the mistake of every classic program, and which ones ours finds."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from dojo.explore.execution import Execution
from dojo.explore.explorer import StartsMatter
from dojo.explore.strategies.dpor import Dpor
from dojo.explore.tally import Tally
from dojo.explore.task import Task
from tests.quality.classic_programs import Hunt, load_numbers, names


class InOrder:
    """The scenario starts its tasks, and then they run to their ends one after another, in this order."""

    def __init__(self, order: tuple[int, ...]) -> None:
        self.order = (0, *order)

    def begin(self) -> bool:
        return True

    def choose(self, execution: Execution) -> Task:
        return min(execution.runnable, key=lambda task: self.order.index(task.number))

    def end(self, execution: Execution) -> None:
        pass


def orders_that_fail(name: str) -> set[tuple[int, ...]]:
    """Return the orders of the program's three critical sections in which its mistake shows."""
    hunt = Hunt(name, "buggy", stop=False)
    return {order for order in permutations((1, 2, 3)) if hunt.fails(hunt.execute(InOrder(order)).ending)}


def test_no_order_of_three_threads_at_one_lock_shows_the_mistakes_of_both_programs() -> None:
    """Some engine finds each of them in its first execution; until all stand at the lock, the two look the same."""
    assert orders_that_fail("account") == {(2, 3, 1), (3, 2, 1)}
    assert orders_that_fail("lazy01") == {(1, 2, 3), (2, 1, 3)}


def test_most_mistakes_show_in_the_first_two_executions() -> None:
    found = [pinned["found"] for pinned in load_numbers().values()]
    assert (len(found), found.count(1), found.count(2)) == (73, 42, 18)


def test_few_mistakes_show_in_the_first_execution_of_the_reduction() -> None:
    assert sum(shows_at_once(name) for name in names()) == 13


def shows_at_once(name: str) -> bool:
    hunt, tally = Hunt(name, "buggy", stop=False), Tally()
    try:
        hunt.search(Dpor(), 1, tally)
    except StartsMatter:
        hunt.rules = replace(hunt.rules, starts=True)
        hunt.search(Dpor(), 1, tally)
    return hunt.found is not None
