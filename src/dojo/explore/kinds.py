"""Which objects are state that threads can share, and what their methods do to it."""

from __future__ import annotations

import array
import collections
import itertools
import sys
import types
from typing import Any

from dojo.explore.primitives.thread_local import local


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


CONTAINERS: dict[type, frozenset[str]] = {
    list: _names("""append extend insert pop remove clear sort reverse __setitem__ __delitem__ __iadd__ __imul__"""),
    dict: _names("setdefault pop popitem update clear __setitem__ __delitem__ __ior__"),
    set: _names(
        """add discard remove pop clear update difference_update intersection_update symmetric_difference_update
        __ior__ __iand__ __isub__ __ixor__"""
    ),
    collections.deque: _names(
        """append appendleft pop popleft extend extendleft remove clear rotate insert reverse __setitem__
        __delitem__ __iadd__ __imul__"""
    ),
    bytearray: _names("""append extend insert pop remove clear reverse __setitem__ __delitem__ __iadd__ __imul__"""),
    array.array: _names(
        """append extend insert pop remove reverse frombytes fromfile fromlist fromunicode byteswap __setitem__
        __delitem__ __iadd__ __imul__"""
    ),
    collections.OrderedDict: _names("setdefault pop popitem update clear move_to_end __setitem__ __delitem__ __ior__"),
    # Looking up a missing key creates it.
    collections.defaultdict: _names(
        """setdefault pop popitem update clear __getitem__ __missing__ __setitem__ __delitem__ __ior__"""
    ),
    collections.Counter: _names("setdefault pop popitem update clear subtract __setitem__ __delitem__"),
}
"""Built-in containers, and their methods that change them; all others only look."""
VIEW_MAKERS = frozenset({"keys", "values", "items"})
_SOME_MAPPINGS: tuple[Any, ...] = ({}, collections.OrderedDict())
_SOME_ITERABLES: tuple[Any, ...] = (
    *([], (), "", "\xe9", b"", bytearray(), range(1), range(1 << 99), set(), collections.deque()),
    *(view for mapping in _SOME_MAPPINGS for view in (mapping.keys(), mapping.values(), mapping.items())),
)
VIEWS: frozenset[type] = frozenset(
    type(view) for mapping in _SOME_MAPPINGS for view in (mapping.keys(), mapping.values(), mapping.items())
)
ITERATORS: frozenset[type] = frozenset(
    {
        *(type(iter(value)) for value in _SOME_ITERABLES),
        *(type(reversed(value)) for value in _SOME_ITERABLES if hasattr(value, "__reversed__")),
        *(value for value in vars(itertools).values() if isinstance(value, type)),
        *(enumerate, zip, map, filter, reversed, type(iter(int, 0)), types.GeneratorType),
    }
)
PLAIN: frozenset[type] = frozenset(
    {int, float, complex, str, bytes, bool, type(None), tuple, frozenset, range, slice, object, memoryview}
    | {types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.CoroutineType, types.CodeType}
    | {types.MappingProxyType, type(Ellipsis), type(NotImplemented)}
)
STABLE = (
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
_METHODS = (types.FunctionType, types.MethodDescriptorType, types.WrapperDescriptorType)

# Their objects are controlled, or never change, or are code: a step at each method would only be one more step.
_NO_STATE = _names(
    """threading queue sched _threading_local concurrent multiprocessing logging _thread _queue time gc dojo
        contextvars _contextvars asyncio _asyncio builtins abc typing enum types functools operator datetime
        decimal _decimal _pydecimal fractions numbers pathlib uuid re ipaddress string contextlib dataclasses
        unittest inspect traceback ast warnings _weakref _abc annotationlib"""
)

# What an access to a member of an object is.
NOTHING, STATE, LOOKS, CHANGES, EVERY_MEMBER, OF_CLASS, OF_MODULE, OF_SUPER = range(8)
# What looking into an object as a whole is.
OPAQUE, CONTAINER, VIEW, ITERATOR, RECORD = range(5)

_LIMIT = 4096
_plans: dict[tuple[type, str], int] = {}
_looks: dict[type, int] = {}


def plan_of(kind: type, member: str) -> int:
    """Return what an access to `member` of an object of `kind` is; remembered."""
    plan = _plans.get((kind, member))
    if plan is None:
        # Every execution makes its classes anew: what is remembered of old ones must not pile up.
        if len(_plans) >= _LIMIT:
            _plans.clear()
        plan = _plans[kind, member] = _plan_of(kind, member)
    return plan


def _plan_of(kind: type, member: str) -> int:
    if kind in PLAIN or issubclass(kind, local):
        # What a `threading.local` shows is the current task's own.
        return NOTHING
    if kind is super:
        return OF_SUPER
    if issubclass(kind, type):
        return OF_CLASS
    if issubclass(kind, types.ModuleType):
        return OF_MODULE
    if member == "__dict__":
        return EVERY_MEMBER
    for base in kind.__mro__:
        found = base.__dict__.get(member, base)
        if found is not base:
            return _plan_of_found(base, member, found)
    return STATE


def _plan_of_found(base: type, member: str, found: Any) -> int:
    if not is_code(found):
        return STATE
    if not isinstance(found, _METHODS) or base is object or member in VIEW_MAKERS:
        return NOTHING
    if base in CONTAINERS:
        return CHANGES if member in CONTAINERS[base] else LOOKS
    return CHANGES if base in ITERATORS or is_of_library(base) else NOTHING


def is_code(found: object) -> bool:
    """Tell whether what stands in a class is code rather than state."""
    return isinstance(found, STABLE)


def is_of_library(base: type) -> bool:
    """Tell whether objects of `base` may hold state that only code of the standard library touches."""
    module: object = base.__module__
    if not isinstance(module, str) or module == "collections.abc":
        return False
    root = module.partition(".")[0]
    return root in sys.stdlib_module_names and root not in _NO_STATE


def look_of(kind: type) -> int:
    """Return what looking into an object of `kind` as a whole is; remembered."""
    look = _looks.get(kind)
    if look is None:
        if len(_looks) >= _LIMIT:
            _looks.clear()
        look = _looks[kind] = _look_of(kind)
    return look


def _look_of(kind: type) -> int:
    if kind in PLAIN or issubclass(kind, type):
        return OPAQUE
    if kind in VIEWS:
        return VIEW
    if kind in ITERATORS:
        return ITERATOR
    for base in kind.__mro__:
        if base in CONTAINERS:
            return CONTAINER
        if is_of_library(base):
            if "__next__" in base.__dict__:
                return ITERATOR
            if "__len__" in base.__dict__ or "__iter__" in base.__dict__:
                return CONTAINER
        if "__dataclass_fields__" in base.__dict__:
            return RECORD
    return OPAQUE
