"""What an access to an object announces: which object and member it is filed under, and whether it changes it."""

from __future__ import annotations

import random
from collections import Counter
from types import MemberDescriptorType
from typing import Any

from dojo.explore.execution import EXECUTION
from dojo.explore.instrument import CLASS_MEMBERS, INSTRUMENTED
from dojo.explore.kinds import (
    CHANGES,
    CONTAINER,
    CONTAINERS,
    EVERY_MEMBER,
    ITERATOR,
    LOOKS,
    OF_CLASS,
    OF_MODULE,
    OF_SUPER,
    OPAQUE,
    RECORD,
    STATE,
    VIEW,
    is_code,
    look_of,
    plan_of,
)
from dojo.explore.library_calls import CHANGES_FIRST, KEEPS, LOOKS_INTO, RANDOM
from dojo.explore.operations import EVERYTHING, READ, WRITE
from dojo.explore.unseen import note_inside, note_native

EXACT_KEYS = frozenset({int, str, bytes, bool, float, type(None)})
COMPARING = frozenset({"index", "count", "remove", "sort", "__contains__", "__eq__"})
"""Methods of containers that look into what is in them."""
MISSING = object()
_SELF: Any = super.__dict__["__self__"]
_THIS_CLASS: Any = super.__dict__["__thisclass__"]


def announce_call(target: Any, member: str, site: int) -> None:
    plan = plan_of(type(target), member)
    if plan == STATE:
        EXECUTION.point(READ, owner_of(target, member), member, site)
        note_native(_held_by(target, member), site)
    elif plan in (LOOKS, CHANGES):
        if member in COMPARING:
            note_inside(target, site)
        EXECUTION.point(READ if plan == LOOKS else WRITE, target, EVERYTHING, site)
    elif plan:
        announce_special(target, member, READ, site)


def _held_by(target: Any, member: str) -> Any:
    """Return what an object itself has under a name, without running its class's code; None where it has nothing."""
    try:
        return object.__getattribute__(target, "__dict__").get(member)
    except (AttributeError, TypeError):
        return None


def announce_special(target: Any, member: str, mode: int, site: int) -> None:
    plan = plan_of(type(target), member)
    if plan == EVERY_MEMBER:
        EXECUTION.point(mode, target, EVERYTHING, site)
    elif plan == OF_CLASS:
        _class_member(target, member, mode, site)
    elif plan == OF_MODULE:
        _module_member(target, member, mode, site)
    elif plan == OF_SUPER:
        _inherited_call(target, member, site)


def owner_of(target: Any, member: str) -> Any:
    """Return the object that holds `member` as seen through `target`: itself, or the class that has a default."""
    if member in CLASS_MEMBERS:
        for base in type(target).__mro__:
            if (
                member in base.__dict__
                and plan_of(type(target), member) == STATE
                and not isinstance(base.__dict__[member], MemberDescriptorType)
            ):
                return base
    return target


def _class_member(target: type, member: str, mode: int, site: int) -> None:
    for base in target.__mro__:
        found = base.__dict__.get(member, MISSING)
        if found is not MISSING:
            if mode == WRITE or not is_code(found):
                EXECUTION.point(mode, base if mode == READ else target, member, site)
            return
    if mode == WRITE:
        EXECUTION.point(mode, target, member, site)


def _module_member(module: Any, member: str, mode: int, site: int) -> None:
    """A global of instrumented code, seen through its module."""
    path = INSTRUMENTED.get(vars(module).get("__file__"))
    if path is not None and not is_code(vars(module).get(member)):
        EXECUTION.point(mode, path, f"global {member}", site)


def _inherited_call(target: Any, member: str, site: int) -> None:
    """`super().append(x)` in a class derived from a container."""
    this, this_class = _SELF.__get__(target), _THIS_CLASS.__get__(target)
    if this is None or issubclass(type(this), type):
        return
    after = type(this).__mro__
    for base in after[after.index(this_class) + 1 :]:
        if member in base.__dict__:
            if base in CONTAINERS:
                EXECUTION.point(WRITE if member in CONTAINERS[base] else READ, this, EVERYTHING, site)
            return


def announce_look(value: Any, look: int, site: int) -> None:
    if look == CONTAINER:
        EXECUTION.point(READ, value, EVERYTHING, site)
    elif look == VIEW:
        EXECUTION.point(READ, viewed(value), EVERYTHING, site)
    elif look == ITERATOR:
        EXECUTION.point(WRITE, value, EVERYTHING, site)


def look_into(value: Any, site: int) -> None:
    look = look_of(type(value))
    if look == RECORD:
        EXECUTION.point(READ, value, EVERYTHING, site)
    elif look:
        announce_look(value, look, site)


def look_at_object(value: Any, site: int) -> None:
    look = look_of(type(value))
    if look not in (OPAQUE, RECORD):
        announce_look(value, look, site)
    elif hasattr(value, "__dict__") and not callable(value):
        EXECUTION.point(READ, value, EVERYTHING, site)


def change_in_place(left: Any, right: Any, looks: bool, site: int) -> None:
    """Announce `left += right`; `looks` tells whether others may know what is on the right."""
    if looks:
        look_into(right, site)
    if look_of(type(left)) == CONTAINER:
        EXECUTION.point(WRITE, left, EVERYTHING, site)


def viewed(view: Any) -> Any:
    """Return the very dictionary behind a view, which only shows a read-only proxy of it."""
    return view.mapping | _TheDictItself()


class _TheDictItself:
    """`proxy | self` calls this with the dictionary that the proxy hides."""

    def __ror__(self, mapping: Any) -> Any:
        return mapping


def announce_item(container: Any, key: Any, mode: int, site: int) -> None:
    """Announce that an item is read or stored."""
    kind = type(container)
    plan = plan_of(kind, "__getitem__" if mode == READ else "__setitem__")
    if plan not in (LOOKS, CHANGES):
        return
    exact = type(key) in EXACT_KEYS and not (type(key) is int and key < 0)
    if isinstance(container, dict):
        if exact and not dict.__contains__(container, key):
            # A new key changes the order and the length too; looking one up may create it.
            exact = mode == READ and (kind is Counter or not hasattr(kind, "__missing__"))
            mode = READ if exact else WRITE
    elif plan == CHANGES:
        # An object of the library may do anything.
        mode = WRITE if mode == WRITE or kind not in CONTAINERS else READ
    EXECUTION.point(mode, container, ("item", key) if exact else EVERYTHING, site)


def announce_deletion(container: Any, key: Any, site: int) -> None:
    """Announce that an item goes: in a list all that follow it move."""
    if plan_of(type(container), "__delitem__") in (LOOKS, CHANGES):
        exact = type(key) in EXACT_KEYS and isinstance(container, dict)
        EXECUTION.point(WRITE, container, ("item", key) if exact else EVERYTHING, site)


def announce_arguments(mode: int, values: tuple[Any, ...], site: int) -> None:
    """Announce what a library function does with what it is handed."""
    if mode >= RANDOM:
        mode -= RANDOM
        EXECUTION.point(WRITE, random, EVERYTHING, site)
    announce = look_at_object if mode in (LOOKS_INTO, KEEPS) else look_into
    for value in values[1:] if mode == CHANGES_FIRST else values:
        announce(value, site)
    if mode == CHANGES_FIRST and values and look_of(type(values[0])):
        EXECUTION.point(WRITE, values[0], EVERYTHING, site)
