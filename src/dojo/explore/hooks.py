"""What instrumented code calls before each access: decide whether it is a step, and take it.

A hook gets the object and the number of the site, and gives the object back; what it does not recognise as shared state
costs one call and nothing else.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import partial
from typing import Any

from dojo.explore import iteration
from dojo.explore.accesses import (
    announce_arguments,
    announce_call,
    announce_deletion,
    announce_item,
    announce_look,
    announce_special,
    change_in_place,
    look_at_object,
    look_into,
    owner_of,
)
from dojo.explore.execution import EXECUTION
from dojo.explore.instrument import CLASS_MEMBERS
from dojo.explore.kinds import (
    CHANGES,
    CONTAINER,
    ITERATOR,
    LOOKS,
    NOTHING,
    OF_CLASS,
    OF_SUPER,
    STATE,
    VIEW,
    look_of,
    plan_of,
)
from dojo.explore.library_calls import CONSUMES, KEEPS, LOOKS_INTO, WALKS
from dojo.explore.natives import looks_into_items, mode_of_function, owner_of_method
from dojo.explore.operations import READ, WRITE
from dojo.explore.recursion import look_at_depth
from dojo.explore.rewriting import INPLACE
from dojo.explore.sites import SITES
from dojo.explore.stand_ins import Items, Later, Looked
from dojo.explore.unseen import note_gap, note_graph, note_inside, note_item, note_two

OF_EVERY_OBJECT = frozenset(dir(object))
"""Methods that a stand-in has itself: they would act on that."""


def hook_attr(target: Any, member: str, site: int) -> Any:
    if EXECUTION.solo:
        # What is fetched while there is one task may be called when there are more.
        if EXECUTION.active and plan_of(type(target), member) in (LOOKS, CHANGES) and member not in OF_EVERY_OBJECT:
            return Later(target, site)
        return target
    plan = plan_of(type(target), member)
    if plan == STATE:
        EXECUTION.point(READ, owner_of(target, member), member, site)
    elif plan in (LOOKS, CHANGES):
        if member not in OF_EVERY_OBJECT:
            return Later(target, site)
        announce_call(target, member, site)
    elif plan:
        announce_special(target, member, READ, site)
    return target


def hook_set(target: Any, member: str, site: int) -> Any:
    if EXECUTION.solo:
        return target
    plan = plan_of(type(target), member)
    if plan == STATE:
        EXECUTION.point(WRITE, owner_of(target, member), member, site)
    elif plan > CHANGES:
        if plan == OF_CLASS and member not in CLASS_MEMBERS:
            note_gap("class attribute under another name", site)
        announce_special(target, member, WRITE, site)
    return target


def hook_method(target: Any, member: str, site: int) -> Any:
    if not EXECUTION.solo:
        announce_call(target, member, site)
    return target


def hook_late(target: Any, member: str, site: int) -> Any:
    """Before a call whose arguments take steps of their own: on a container its own step waits until they are known."""
    if EXECUTION.solo:
        return target
    plan = plan_of(type(target), member)
    if plan in (LOOKS, CHANGES, OF_SUPER) and member not in OF_EVERY_OBJECT:
        return Later(target, site)
    if plan:
        announce_call(target, member, site)
    return target


def hook_name(site: int) -> bool:
    if not EXECUTION.solo:
        known = SITES[site]
        EXECUTION.point(WRITE if known.verb == "write" else READ, known.path, known.member, site)
    return True


def hook_value(value: Any, site: int) -> Any:
    if not EXECUTION.solo:
        EXECUTION.point(WRITE, SITES[site].path, SITES[site].member, site)
    return value


def hook_content(value: Any, site: int) -> Any:
    if not EXECUTION.solo:
        look = look_of(type(value))
        if look:
            announce_look(value, look, site)
    return value


def hook_returned(value: Any, site: int) -> Any:
    """Before looking into what a call has returned: a container may be shared, an iterator is new."""
    if not EXECUTION.solo:
        look = look_of(type(value))
        if look in (CONTAINER, VIEW):
            announce_look(value, look, site)
    return value


def hook_whole(value: Any, site: int) -> Any:
    """Before an operation that reads the fields of a dataclass too."""
    if not EXECUTION.solo:
        note_inside(value, site)
        look_into(value, site)
    return value


def hook_returned_whole(value: Any, site: int) -> Any:
    return value if look_of(type(value)) == ITERATOR else hook_whole(value, site)


def hook_consumed(value: Any, site: int) -> Any:
    """Before something goes through all items and looks into each."""
    if EXECUTION.solo:
        return value
    return _looked(hook_whole(value, site), site)


def hook_returned_consumed(value: Any, site: int) -> Any:
    return value if EXECUTION.solo else _looked(hook_returned_whole(value, site), site)


def _looked(value: Any, site: int) -> Any:
    """Return what stands for `value` where something looks into what it gives: itself, unless it is an iterator."""
    return Looked(value, site) if hasattr(type(value), "__next__") else value


def hook_inside(value: Any, site: int) -> Any:
    """Before an operation that compares or shows something that has just been made: what is in it may be shared."""
    if not EXECUTION.solo:
        note_inside(value, site)
    return value


def hook_pairs(value: Any, site: int) -> Any:
    """Before a dictionary is made of a mapping or of pairs, which may be lists."""
    if not EXECUTION.solo:
        if not hasattr(type(value), "keys") and look_of(type(value)) == CONTAINER:
            for pair in iter(value):
                if type(pair) is not tuple:
                    note_item(pair, site)
        look_into(value, site)
    return value


def hook_item(value: Any, site: int) -> Any:
    """What a comprehension gives to something that will look into it."""
    if not EXECUTION.solo:
        note_item(value, site)
    return value


def hook_object(value: Any, site: int) -> Any:
    """Before something that reads attributes of any object: a class pattern."""
    if not EXECUTION.solo:
        look_at_object(value, site)
    return value


def hook_second(value: Any, feature: str, site: int) -> Any:
    """Before an operation on two containers, of which the first was announced a step earlier."""
    if not EXECUTION.solo:
        if look_of(type(value)) in (CONTAINER, VIEW):
            note_gap(feature, site)
        look_into(value, site)
    return value


def hook_given(value: Any, feature: str, site: int) -> Any:
    """The same, before what a call has returned: an iterator is new."""
    return value if look_of(type(value)) == ITERATOR else hook_second(value, feature, site)


def hook_left(left: Any, right: Any, site: int) -> tuple[Any, Any]:
    """Before an operation on something and what has just been made."""
    return hook_whole(left, site), hook_inside(right, site)


def hook_both(left: Any, right: Any, site: int) -> tuple[Any, Any]:
    if not EXECUTION.solo:
        note_two((left, right), site)
        look_into(left, site)
        look_into(right, site)
    return left, right


def hook_arguments(mode: int, site: int, *values: Any) -> tuple[Any, ...]:
    """Before a call of a library function, which looks into what it is handed or changes the first of it."""
    if not EXECUTION.solo:
        note_two(values, site)
        if mode < KEEPS:
            for value in values:
                (note_graph if mode == LOOKS_INTO else note_inside)(value, site)
        announce_arguments(mode, values, site)
        if mode == CONSUMES:
            return tuple(_looked(value, site) for value in values)
    return values


def hook_called(function: Any, site: int) -> Any:
    """Before a call of what may be a native function under another name, or before that is handed to its caller."""
    if EXECUTION.solo:
        return function
    mode = mode_of_function(function)
    if mode is None and owner_of_method(function) is None:
        return function
    return partial(_call_native, function, mode, site)


def _call_native(function: Any, mode: int | None, site: int, /, *values: Any, **named: Any) -> Any:
    owner = owner_of_method(function)
    if looks_into_items(function):
        for value in values:
            note_inside(value, site)
    if owner is not None:
        hook_method(owner, function.__name__, site)
    elif mode == WALKS:
        values = tuple(
            hook_called(value, site) if callable(value) else iteration.hook_iter(value, site) for value in values
        )
    elif mode is not None:
        values = hook_arguments(mode, site, *values)
    return function(*values, **named)


def hook_operand(left: Any, right: Any, looks: bool, site: int) -> Any:
    """Before `left += right`."""
    return hook_inplace(left, right, looks, site)[1]


def hook_inplace(left: Any, right: Any, looks: bool, site: int) -> tuple[Any, Any]:
    if not EXECUTION.solo:
        if looks:
            note_two((left, right), site)
        change_in_place(left, right, looks, site)
    return left, right


def hook_key(container: Any, key: Any, site: int) -> Any:
    if not EXECUTION.solo:
        announce_item(container, key, READ, site)
    return key


def hook_setkey(container: Any, key: Any, site: int) -> Any:
    if not EXECUTION.solo:
        announce_item(container, key, WRITE, site)
    return key


def hook_delkey(container: Any, key: Any, site: int) -> Any:
    if not EXECUTION.solo:
        announce_deletion(container, key, site)
    return key


def hook_pair(container: Any, key: Any, site: int) -> tuple[Any, Any]:
    if not EXECUTION.solo:
        announce_item(container, key, READ, site)
    return container, key


def hook_store(value: Any, container: Any, key: Any, site: int) -> tuple[Any, Any, Any]:
    if not EXECUTION.solo:
        announce_item(container, key, WRITE, site)
    return container, key, value


def hook_items(container: Any, site: int) -> Any:
    if EXECUTION.solo or plan_of(type(container), "__setitem__") not in (LOOKS, CHANGES):
        return container
    return Items(container, site)


def hook_dynamic(site: int, target: Any, member: Any, *rest: Any) -> tuple[Any, ...]:
    """Before `getattr(target, member)` and its like."""
    if not EXECUTION.solo and type(member) is str:
        if SITES[site].verb == "write":
            hook_set(target, member, site)
        elif plan_of(type(target), member) not in (LOOKS, CHANGES, NOTHING):
            hook_attr(target, member, site)
    return target, member, *rest


NATIVE = {
    "getitem": operator.getitem,
    "setitem": operator.setitem,
    "slice": slice,
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "or": operator.or_,
    "and": operator.and_,
    "xor": operator.xor,
    "eq": operator.eq,
    "ne": operator.ne,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
    **{name: getattr(operator, name) for name in INPLACE.values()},
}
"""Operations that are done by the function of the same meaning, after a hook has seen all operands."""


hook_iterator = hook_content
"""Before `next(iterator)`, whoever returned it."""


def hook_depth() -> None:
    """At the top of a function that may call itself."""
    if EXECUTION.active:
        look_at_depth()


def hook_table() -> dict[str, Callable[..., Any]]:
    """Return the names that instrumented code uses, for its builtins."""
    found = {**vars(iteration), **globals()}
    hooks = {name.removeprefix("hook_"): value for name, value in found.items() if name.startswith("hook_")}
    del hooks["table"]
    return {f"__dojo_{name}__": value for name, value in (hooks | NATIVE).items()}
