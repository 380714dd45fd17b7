"""What instrumented code calls before each access: decide whether it is a step, and take it.

A hook gets the object and the number of the site, and gives the object back; what it does not recognise as shared state
costs one call and nothing else.
"""

from __future__ import annotations

import collections
import operator
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

from dojo.explore.execution import EXECUTION
from dojo.explore.instrument import Site
from dojo.explore.operations import EVERYTHING, READ, WRITE
from dojo.explore.spinning import turn

SITES: list[Site] = []
"""Every place that hooks name, by number, for the life of this process."""

CONTAINERS: dict[type, frozenset[str]] = {
    list: frozenset({"append", "extend", "insert", "pop", "remove", "clear", "sort", "reverse", "__setitem__"}),
    dict: frozenset({"setdefault", "pop", "popitem", "update", "clear", "__setitem__"}),
    set: frozenset({"add", "discard", "remove", "pop", "clear", "update", "difference_update", "intersection_update"}),
    collections.deque: frozenset(
        {"append", "appendleft", "pop", "popleft", "extend", "extendleft", "remove", "clear", "rotate", "insert"}
    ),
    bytearray: frozenset({"append", "extend", "insert", "pop", "remove", "clear", "reverse"}),
    collections.OrderedDict: frozenset({"setdefault", "pop", "popitem", "update", "clear", "move_to_end"}),
    collections.defaultdict: frozenset({"setdefault", "pop", "popitem", "update", "clear"}),
    collections.Counter: frozenset({"setdefault", "pop", "popitem", "update", "clear", "subtract"}),
}
VIEWS: tuple[type, ...] = (type({}.keys()), type({}.values()), type({}.items()))
ITERATORS: tuple[type, ...] = (type(iter([])), type(iter({})), type(iter(set())), type(enumerate(())), zip, map, filter)
PLAIN = frozenset(
    {int, float, complex, str, bytes, bool, type(None), tuple, frozenset, range, slice, super, types.FunctionType}
    | {types.BuiltinFunctionType, types.MethodType, types.ModuleType, types.GeneratorType, types.CoroutineType}
)
EXACT_KEYS = frozenset({int, str, bytes, bool, float, type(None)})

# (type, member) -> the member is code, or belongs to the type for good: looking it up is no access to shared state.
_stable: dict[tuple[type, str], bool] = {}
_STABLE_KINDS = (
    types.FunctionType,
    classmethod,
    staticmethod,
    property,
    types.MethodDescriptorType,
    types.WrapperDescriptorType,
    types.GetSetDescriptorType,
    types.ClassMethodDescriptorType,
    types.BuiltinFunctionType,
    type,
)


def is_stable(kind: type, member: str) -> bool:
    """Tell whether `member` of objects of `kind` is code rather than state."""
    for base in kind.__mro__:
        if member in base.__dict__:
            found = base.__dict__[member]
            return isinstance(found, _STABLE_KINDS) and not isinstance(found, types.MemberDescriptorType)
    return False


def owner_of(target: Any, member: str) -> Any:
    """Return the object that holds `member` as seen through `target`: itself, or the class that has a default."""
    for base in type(target).__mro__:
        if member in base.__dict__ and not isinstance(base.__dict__[member], types.MemberDescriptorType):
            return base
    return target


def hook_attr(target: Any, site: int) -> Any:
    if EXECUTION.solo:
        return target
    kind = type(target)
    if kind not in PLAIN:
        _read_member(target, kind, SITES[site].member, site)
    return target


def _read_member(target: Any, kind: type, member: str, site: int) -> None:
    key = (kind, member)
    stable = _stable.get(key)
    if stable is None:
        stable = _stable[key] = is_stable(kind, member)
    if kind is type or isinstance(target, type):
        _class_member(target, member, READ, site)
    elif not stable:
        EXECUTION.point(READ, owner_of(target, member), member, site)


def _class_member(target: type, member: str, mode: int, site: int) -> None:
    for base in target.__mro__:
        if member in base.__dict__:
            if mode == WRITE or not isinstance(base.__dict__[member], _STABLE_KINDS):
                EXECUTION.point(mode, base if mode == READ else target, member, site)
            return
    if mode == WRITE:
        EXECUTION.point(mode, target, member, site)


def hook_set(target: Any, site: int) -> Any:
    if EXECUTION.solo:
        return target
    kind = type(target)
    if kind not in PLAIN:
        member = SITES[site].member
        if isinstance(target, type):
            _class_member(target, member, WRITE, site)
        elif not is_stable(kind, member):
            EXECUTION.point(WRITE, owner_of(target, member), member, site)
    return target


def hook_method(target: Any, site: int) -> Any:
    if EXECUTION.solo:
        return target
    kind = type(target)
    if kind in PLAIN:
        return target
    member = SITES[site].member
    writers = CONTAINERS.get(kind)
    if writers is None:
        _read_member(target, kind, member, site)
    elif member not in _VIEW_MAKERS:
        EXECUTION.point(WRITE if member in writers else READ, target, EVERYTHING, site)
    return target


_VIEW_MAKERS = frozenset({"keys", "values", "items"})


def hook_bound(target: Any, site: int) -> Any:
    """Return the method to call: on a container one that takes its step after the arguments are known."""
    member = SITES[site].member
    if EXECUTION.solo or type(target) not in CONTAINERS:
        hook_method(target, site)
        return getattr(target, member)

    def call(*args: Any, **kwargs: Any) -> Any:
        hook_method(target, site)
        return getattr(target, member)(*args, **kwargs)

    return call


def hook_name(site: int) -> bool:
    if not EXECUTION.solo:
        EXECUTION.point(WRITE if SITES[site].verb == "write" else READ, SITES[site].path, SITES[site].member, site)
    return True


def hook_value(value: Any, site: int) -> Any:
    if not EXECUTION.solo:
        EXECUTION.point(WRITE, SITES[site].path, SITES[site].member, site)
    return value


def hook_content(value: Any, site: int) -> Any:
    if EXECUTION.solo:
        return value
    kind = type(value)
    if kind in CONTAINERS:
        EXECUTION.point(READ, value, EVERYTHING, site)
    elif kind in VIEWS:
        EXECUTION.point(READ, _viewed(value), EVERYTHING, site)
    elif kind in ITERATORS:
        EXECUTION.point(WRITE, value, EVERYTHING, site)
    return value


def _viewed(view: Any) -> Any:
    """Return the very dictionary behind a view, which only shows a read-only proxy of it."""
    return view.mapping | _TheDictItself()


class _TheDictItself:
    """`proxy | self` calls this with the dictionary that the proxy hides."""

    def __ror__(self, mapping: Any) -> Any:
        return mapping


class _Iteration:
    """An iteration over a container in which every turn is a step."""

    __slots__ = ("container", "iterator", "site")

    def __init__(self, container: Any, iterator: Iterator[Any], site: int) -> None:
        self.container = container
        self.iterator = iterator
        self.site = site

    def __iter__(self) -> _Iteration:
        return self

    def __next__(self) -> Any:
        if not EXECUTION.solo:
            EXECUTION.point(READ, self.container, EVERYTHING, self.site)
        return next(self.iterator)

    def __length_hint__(self) -> int:
        return operator.length_hint(self.iterator)


def hook_iter(value: Any, site: int) -> Any:
    kind = type(value)
    if kind in CONTAINERS:
        return _Iteration(value, iter(value), site)
    if kind in VIEWS:
        return _Iteration(_viewed(value), iter(value), site)
    if kind in ITERATORS:
        return _Iteration(value, value, site)
    return value


def _item(container: Any, key: Any, mode: int, site: int) -> None:
    if EXECUTION.solo:
        return
    kind = type(container)
    if kind in CONTAINERS:
        exact = type(key) in EXACT_KEYS and not (type(key) is int and key < 0)
        EXECUTION.point(mode, container, ("item", key) if exact else EVERYTHING, site)


def hook_key(container: Any, key: Any, site: int) -> Any:
    _item(container, key, READ, site)
    return key


def hook_setkey(container: Any, key: Any, site: int) -> Any:
    _item(container, key, WRITE, site)
    return key


def hook_pair(container: Any, key: Any, site: int) -> tuple[Any, Any]:
    _item(container, key, READ, site)
    return container, key


def hook_store(value: Any, container: Any, key: Any, site: int) -> tuple[Any, Any, Any]:
    _item(container, key, WRITE, site)
    return container, key, value


def hook_hold(container: Any, site: int) -> Any:
    if EXECUTION.active:
        EXECUTION.current.held[site] = container
    return container


def hook_held(key: Any, site: int) -> Any:
    if EXECUTION.active:
        _item(EXECUTION.current.held.pop(site, None), key, WRITE, site)
    return key


def hook_dynamic(target: Any, member: Any, site: int) -> Any:
    """`getattr(target, member)` and friends."""
    if not EXECUTION.solo and type(member) is str and type(target) not in PLAIN:
        if SITES[site].verb == "read":
            _read_member(target, type(target), member, site)
        else:
            EXECUTION.point(WRITE, owner_of(target, member), member, site)
    return target


def hook_while(site: int) -> None:
    if EXECUTION.active:
        turn(EXECUTION, site, sys._getframe(1))


def hook_for(site: int) -> None:
    if EXECUTION.active:
        EXECUTION.count_turn()


def hook_table() -> dict[str, Callable[..., Any]]:
    """Return the names that instrumented code uses, for its builtins."""
    table: dict[str, Callable[..., Any]] = {
        f"__dojo_{name.removeprefix('hook_')}__": value
        for name, value in globals().items()
        if name.startswith("hook_") and name != "hook_table"
    }
    table.update(
        __dojo_getitem__=operator.getitem,
        __dojo_setitem__=operator.setitem,
        __dojo_delitem__=operator.delitem,
        __dojo_slice__=slice,
    )
    return table
