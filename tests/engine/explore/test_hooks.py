"""Hooks on their own: what they take for state, what they leave alone, what they keep."""

from __future__ import annotations

import builtins
import collections
import itertools
import random
import threading

import pytest

from dojo.explore import accesses, hooks, iteration, kinds
from dojo.explore.instrument import instrument
from dojo.explore.kinds import CHANGES, CONTAINER, ITERATOR, LOOKS, NOTHING, OPAQUE, STATE, VIEW, look_of, plan_of
from dojo.explore.sites import Site
from dojo.explore.stand_ins import LaterCall


class Stack(list):
    def push(self, item): ...

    def pop(self, *args): ...


class Plain:
    default = 0

    def method(self): ...

    @property
    def made(self): ...


@pytest.mark.parametrize(
    "kind, member, plan",
    [
        (Plain, "x", STATE),
        (Plain, "default", STATE),
        (Plain, "method", NOTHING),
        (Plain, "made", NOTHING),
        (int, "real", NOTHING),
        (list, "append", CHANGES),
        (list, "index", LOOKS),
        (dict, "items", NOTHING),
        (Stack, "append", CHANGES),
        (Stack, "push", NOTHING),
        (Stack, "pop", NOTHING),
        (Stack, "colour", STATE),
        (collections.UserDict, "update", NOTHING),
        (collections.UserDict, "__setitem__", CHANGES),
        (random.Random, "random", CHANGES),
        (threading.Thread, "start", NOTHING),
        (itertools.count, "__next__", CHANGES),
    ],
)
def test_members_are_state_or_code(kind: type, member: str, plan: int) -> None:
    assert plan_of(kind, member) == plan


@pytest.mark.parametrize(
    "value, look",
    [([], CONTAINER), (Stack(), CONTAINER), ({}.keys(), VIEW), (iter([]), ITERATOR), (1, OPAQUE), (Plain(), OPAQUE)],
)
def test_objects_are_containers_or_not(value: object, look: int) -> None:
    assert look_of(type(value)) == look


def test_classes_of_old_executions_are_forgotten() -> None:
    for number in range(2 * kinds._LIMIT):
        plan_of(type(f"K{number}", (), {}), "x")
    assert len(kinds._plans) <= kinds._LIMIT


def test_outside_an_execution_hooks_give_back_what_they_got() -> None:
    items = [1]
    assert hooks.hook_attr(items, "append", 0) is items
    assert hooks.hook_late(items, "append", 0) is items
    assert hooks.hook_items(items, 0) is items
    assert iteration.hook_iter(items, 0) is items
    assert hooks.hook_called(len, 0) is len
    assert hooks.hook_pair(items, 0, 0) == (items, 0)


def test_a_method_that_waits_looks_like_the_method() -> None:
    items = [1]
    waiting = LaterCall(items, "append", 0)
    assert waiting == items.append and hash(waiting) == hash(items.append) and repr(waiting) == repr(items.append)
    assert (waiting.__name__, waiting.__module__, waiting.__self__) == ("append", None, items)


def test_every_hook_that_code_calls_is_in_the_table() -> None:
    sites: list[Site] = []
    names = hooks.hook_table()
    assert all(name.startswith("__dojo_") and name.endswith("__") for name in names)
    assert not names.keys() & vars(builtins).keys()
    instrument("x.a", "<source>", sites)
    assert sites == [Site("<source>", 1, "read", "a", "x.a", True)]


def test_what_an_object_holds_is_found_without_running_code_of_its_class() -> None:
    class Watched:
        def __getattribute__(self, name: str) -> object:
            raise AssertionError(name)

    watched = Watched()
    object.__setattr__(watched, "measure", len)
    assert accesses._held_by(watched, "measure") is len
    assert accesses._held_by(watched, "other") is None
    assert accesses._held_by(1, "real") is None
