"""Code under test runs into the limit on recursion, and never the dojo in its place."""

from __future__ import annotations

import ast
import sys

import pytest

from dojo import model
from dojo.explore.execution import Execution
from dojo.explore.recursion import ORDINARY, ROOM, TOO_DEEP, recursive_functions
from dojo.explore.strategies.replay import Replay
from dojo.explore.task import Task
from tests.engine.explore.exploring import ending, explorer_of
from tests.engine.explore.support import LOST_UPDATE


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def f(): pass", []),
        ("def f(): f()", ["f"]),
        ("def f(): return g\ndef g(): f()\ndef h(): g()", ["f", "g"]),
        ("class A:\n    def get(self): return self.get", ["get"]),
        ("class A:\n    def __getattr__(self, name): pass\n    def __init__(self): pass", ["__getattr__"]),
        ("async def f(): await f()", ["f"]),
        ("f = lambda: f()", []),
    ],
)
def test_functions_that_may_call_themselves_are_told_by_their_names(source: str, expected: list[str]) -> None:
    assert sorted(node.name for node in recursive_functions(ast.parse(source))) == expected


DESCEND = """
    def descend(depth):
        "How deep it came."
        try:
            return descend(depth + 1)
        except RecursionError:
            return depth
    return descend(1)
"""


def test_the_limit_is_the_ordinary_one() -> None:
    kind, depth = ending(DESCEND).split()
    assert kind == "returned" and ORDINARY - 50 < int(depth) <= ORDINARY


def test_a_program_may_set_a_limit_of_its_own() -> None:
    kind, depth = ending(f"    import sys; sys.setrecursionlimit(2000)\n{DESCEND}").split()
    assert kind == "returned" and 1650 < int(depth) <= 2000 - ROOM


def test_the_limit_is_the_ordinary_one_again_in_the_next_execution() -> None:
    body = "    import sys\n    before = sys.getrecursionlimit()\n    sys.setrecursionlimit(500)\n    return before"
    assert ending(body, executions=2) == f"returned {ORDINARY + ROOM}"


class OutOfStack(Replay):
    """Finds no room on the stack of the task in which it is asked."""

    def choose(self, execution: Execution) -> Task:
        raise RecursionError


def test_where_the_stack_ends_in_our_code_that_is_the_outcome_and_nothing_is_said_to_be_exhausted() -> None:
    explorer, strategy = explorer_of(LOST_UPDATE), OutOfStack(())
    strategy.begin()
    finding = explorer.execute(strategy)
    found = finding.ending
    assert isinstance(found, model.Raised) and (found.type, found.message) == ("RecursionError", TOO_DEEP)
    assert finding.is_cut


def test_outside_of_executions_nothing_is_looked_at() -> None:
    module = "def descend(n): return n and descend(n - 1)\nanswer = descend(800)"
    assert ending("return answer", module=module) == "returned 0"
    assert sys.getrecursionlimit() == ORDINARY + ROOM
