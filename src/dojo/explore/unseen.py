"""What an operation reads inside of what it is handed: no step is taken for it, so it is noted as not covered."""

from __future__ import annotations

from typing import Any

from dojo.explore.execution import EXECUTION
from dojo.explore.gaps import note
from dojo.explore.kinds import CONTAINER, RECORD, VIEW, look_of
from dojo.explore.natives import mode_of_function, owner_of_method
from dojo.explore.sites import SITES

DATACLASSES, CONTAINERS_INSIDE, TWO, IN_AN_ATTRIBUTE = (
    "dataclasses inside a container",
    "containers inside a container",
    "two containers at once",
    "native function in an attribute",
)


def note_gap(feature: str, site: int) -> None:
    """Note what is not covered, unless nobody is left who could come in between."""
    if any(not task.ended for task in EXECUTION.tasks if task is not EXECUTION.current):
        note(feature, SITES[site].path, SITES[site].line)


def note_two(values: tuple[Any, ...], site: int) -> None:
    """Note that several containers are looked into at once, where that is so."""
    if sum(look_of(type(value)) in (CONTAINER, VIEW) for value in values) > 1:
        note_gap(TWO, site)


def note_native(function: Any, site: int) -> None:
    """Note a function of the interpreter in an attribute, which is about to be called."""
    if mode_of_function(function) is not None or owner_of_method(function) is not None:
        note_gap(IN_AN_ATTRIBUTE, site)


def note_inside(value: Any, site: int) -> None:
    """Note what is in `value`, which is about to be compared or shown as a whole, if it can change."""
    kind = type(value)
    if look_of(kind) in (CONTAINER, VIEW) or kind in (tuple, frozenset):
        gap = _gap_in(value)
        if gap is not None:
            note_gap(gap, site)
    elif isinstance(value, BaseException):
        note_item(value.args, site)


def note_item(value: Any, site: int) -> None:
    """Note that `value` is handed to something that looks into it at some later moment."""
    gap = _gap_of(type(value))
    if gap is not None:
        note_gap(gap, site)
    else:
        note_inside(value, site)


def note_graph(value: Any, site: int) -> None:
    """Note what hangs on `value`, of which a copy or a text is about to be made."""
    note_inside(value, site)
    if look_of(type(value)) != CONTAINER and not isinstance(value, type):
        for attribute in getattr(value, "__dict__", {}).values():
            note_item(attribute, site)


def _gap_in(value: Any) -> str | None:
    """Return the gap that an operation on all of a container or tuple is, which reads what is in it unseen."""
    found: str | None = None
    for kind in _kinds_inside(value):
        gap = _gap_of(kind)
        if gap == DATACLASSES:
            return gap
        found = gap or found
    return found


def _gap_of(kind: Any) -> str | None:
    look = look_of(kind)
    if look == RECORD:
        return None if kind.__dataclass_params__.frozen else DATACLASSES
    return CONTAINERS_INSIDE if look in (CONTAINER, VIEW) else None


def _kinds_inside(value: Any) -> set[Any]:
    kinds: set[Any] = set()
    rest = [value]
    while rest:
        inner = rest.pop()
        for item in dict.values(inner) if isinstance(inner, dict) else iter(inner):
            kinds.add(type(item))
            # What never changes itself is no container to us; what is in it may be.
            if type(item) in (tuple, frozenset):
                rest.append(item)
    return kinds
