"""Hooks before iterations, of loops, comprehensions and functions that go through what they are handed."""

from __future__ import annotations

import sys
from typing import Any

from dojo.explore.accesses import viewed
from dojo.explore.execution import EXECUTION
from dojo.explore.kinds import CONTAINER, ITERATOR, VIEW, look_of
from dojo.explore.operations import EVERYTHING, READ, WRITE
from dojo.explore.spinning import turn
from dojo.explore.stand_ins import Iteration, Turns, Unpacked

GIVE_TUPLES: tuple[type, ...] = (enumerate, zip, type(iter({}.items())))


def hook_unpacked(value: Any, deep: bool, site: int) -> Any:
    """Before iterating over what is taken apart at every turn; `deep`: into parts that are taken apart too."""
    if not EXECUTION.active or (type(getattr(value, "iterator", value)) in GIVE_TUPLES and not deep):
        return value
    return Unpacked(value, deep, site) if hasattr(type(value), "__iter__") else value


def hook_fresh(value: Any, site: int) -> Any:
    """Before iterating over what a call has returned: a container may be shared, an iterator is new."""
    if not EXECUTION.active:
        return value
    look = look_of(type(value))
    if look == CONTAINER:
        if type(value) is not list:
            _note_size(value, site)
        return Iteration(value, iter(value), READ, site)
    if look == VIEW:
        source = viewed(value)
        _note_size(source, site)
        return Iteration(source, iter(value), READ, site)
    return value


def _note_size(source: Any, site: int) -> None:
    """Announce that an iterator is made that remembers how large its container is."""
    if not EXECUTION.solo:
        EXECUTION.point(READ, source, EVERYTHING, site)


def hook_iter(value: Any, site: int) -> Any:
    if EXECUTION.active and look_of(type(value)) == ITERATOR:
        return Iteration(value, iter(value), WRITE, site)
    return hook_fresh(value, site)


def hook_turns(value: Any) -> Any:
    """Before a comprehension goes through what may have no end: no statement of it is executed at every turn."""
    if (
        EXECUTION.active
        and hasattr(type(value), "__next__")
        and not (type(value) is Iteration and look_of(type(value.source)) == CONTAINER)
    ):
        return Turns(value)
    return value


def hook_reversed(value: Any, site: int) -> Any:
    if EXECUTION.active and look_of(type(value)) in (CONTAINER, VIEW):
        source = value if look_of(type(value)) == CONTAINER else viewed(value)
        _note_size(source, site)
        return Iteration(source, reversed(value), READ, site)
    return reversed(value)


def hook_while(site: int) -> None:
    if EXECUTION.active:
        turn(EXECUTION, site, sys._getframe(1))


def hook_for(site: int) -> None:
    if EXECUTION.active:
        EXECUTION.count_turn()
