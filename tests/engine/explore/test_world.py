"""Worlds: every execution gets modules that nobody has used yet."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest

from dojo.errors import KataError
from dojo.explore.explorer import Explorer
from dojo.explore.gaps import noted, noted_sentences
from dojo.explore.sources import Sources
from dojo.explore.stdlib import Library
from dojo.explore.strategies.dfs import Dfs
from dojo.explore.tally import Tally
from dojo.explore.world import World, load_program

LIBRARY = Library()
KATA = """
seen = []
count = 0
class Box:
    items = []
def use():
    global count
    count += 1
    seen.append(count)
    Box.items.append(count)
    return [count, list(seen), list(Box.items)]
"""


def world(kata: str, scenario: str = "use", grader: str | None = None) -> World:
    submission = load_program("kata", "/kata.py", kata, by_learner=True)
    loaded = load_program("test_kata", "/test_kata.py", grader, by_learner=False) if grader is not None else None
    return World(LIBRARY, submission, loaded, scenario)


def test_globals_and_class_attributes_are_fresh_in_every_execution() -> None:
    made = world(KATA)
    assert [made.build([])() for _ in range(3)] == [[1, [1], [1]]] * 3


@pytest.mark.parametrize("kata", ["def use(): return __name__", "made = [__name__]\ndef use(): return made[0]"])
def test_a_module_knows_its_name(kata: str) -> None:
    assert world(kata).build([])() == "kata"


def test_a_module_of_functions_alone_is_put_back_too() -> None:
    made = world("def use():\n    use.calls = getattr(use, 'calls', 0) + 1\n    return use.calls")
    assert [made.build([])() for _ in range(2)] == [1, 1]


def test_a_scenario_gets_the_submission_and_the_arguments() -> None:
    made = world(
        "def double(x): return 2 * x", "check", "def check(kata, *numbers): return [kata.double(n) for n in numbers]"
    )
    assert made.build([1, 2])() == [2, 4]


def test_a_scenario_can_import_the_vocabulary() -> None:
    grader = """
from dojo import Slow, attempt, together
import dojo

def check(kata):
    return [dojo.attempt is attempt, attempt(int, "x")["raised"], Slow(2, int) + 1]
"""
    assert world("", "check", grader).build([])() == [True, "ValueError", 3]


def test_the_module_is_there_under_its_name_while_it_is_executed() -> None:
    made = world("import sys\ndef use(): return sys.modules['kata'].use is use")
    assert made.build([])() is True
    assert isinstance(sys.modules["kata"], ModuleType)


@pytest.mark.parametrize("grader", ["", "check = 1"])
def test_a_grader_without_the_scenario_is_the_authors_mistake(grader: str) -> None:
    with pytest.raises(KataError) as caught:
        world("", "check", grader).build([])
    assert (caught.value.slug, str(caught.value)) == ("no-scenario", "/test_kata.py has no function 'check'")


def test_a_source_that_is_none_is_no_program() -> None:
    with pytest.raises(SyntaxError):
        load_program("kata", "/kata.py", "def", by_learner=True)


def test_what_the_import_raises_is_not_caught() -> None:
    with pytest.raises(ZeroDivisionError):
        world("1 / 0").build([])


SETS_BY_ANOTHER_NAME = """
from dojo import together
class Box:
    size = 0
def grow(kind):
    kind.size = kind.size + 1
def use():
    together((grow, Box), (grow, Box))
"""


def test_what_other_code_of_this_process_sets_on_its_classes_makes_no_difference() -> None:
    sentences = []
    for _ in range(2):
        noted.clear()
        made = world(SETS_BY_ANOTHER_NAME)
        Explorer(made, Sources("/kata.py", "", {}), [], lambda count: None).search(Dfs(), 1, Tally())
        sentences.append(noted_sentences())
        world("class Bag:\n    size = 0\ndef use():\n    Bag.size = 1").build([])()
    assert len(sentences[0]) == 1 and sentences[0] == sentences[1]
