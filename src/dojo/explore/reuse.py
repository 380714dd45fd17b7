"""Which modules need not be executed again for every execution: those whose state can be put back exactly.

A module of functions, classes and constants is executed once, and restored afterwards like a copy of the library. A
module that makes anything else when it is imported (a lock, a queue, an object, a cache) is executed afresh each time.
"""

from __future__ import annotations

import abc
import operator
import types
from collections.abc import Iterable, Iterator
from types import FunctionType, ModuleType
from typing import Any, TypeVar

from dojo.explore.restoring import Snapshot

CONSTANTS = (int, float, complex, str, bytes, bool, type(None), range, type(...), types.GenericAlias, types.UnionType)
CODE = (types.BuiltinFunctionType, types.MethodDescriptorType, types.WrapperDescriptorType, types.MemberDescriptorType)


_ATTRIBUTES = operator.attrgetter("__dict__")


class ReusableModule:
    """A module that was executed once, and what it takes to make it as new."""

    def __init__(self, module: ModuleType) -> None:
        self.module = module
        self._snapshot = Snapshot(module)
        self._functions = list(_functions_of(module))

    def restore(self) -> None:
        self._snapshot.restore()
        self._snapshot.restore_names()
        if any(map(_ATTRIBUTES, self._functions)):
            for function in self._functions:
                function.__dict__.clear()


def is_reusable(module: ModuleType) -> bool:
    """Tell whether all that the import of `module` has made can be put back to what it was."""
    made = {name: value for name, value in vars(module).items() if not name.startswith("__")}
    return all(_is_restorable(value, module.__name__) for value in made.values())


def _is_restorable(value: Any, name: str) -> bool:
    if type(value) in (list, set):
        return all(_is_fixed(item, name) for item in value)
    if type(value) is dict:
        return all(_is_fixed(item, name) for item in (*value, *value.values()))
    return _is_fixed(value, name)


def _is_fixed(value: Any, name: str) -> bool:
    """Tell whether `value` is code or a constant: nothing in it can change, or what can is looked after."""
    kind = type(value)
    if kind in CONSTANTS or kind in CODE or kind is TypeVar or isinstance(value, ModuleType):
        return True
    if kind in (tuple, frozenset):
        return all(_is_fixed(item, name) for item in value)
    if kind is FunctionType:
        return _is_plain_function(value)
    if kind in (staticmethod, classmethod):
        return _is_fixed(value.__func__, name)
    if kind is property:
        return all(part is None or _is_fixed(part, name) for part in (value.fget, value.fset, value.fdel))
    if isinstance(value, type):
        return value.__module__ != name or _is_plain_class(value, name)
    # Special forms of `typing`, and classes of other modules behind them, are nobody's state.
    return kind.__module__ == "typing"


def _is_plain_function(function: FunctionType) -> bool:
    defaults: Iterable[Any] = (*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values())
    return not function.__dict__ and not function.__closure__ and all(_is_constant(value) for value in defaults)


def _is_constant(value: Any) -> bool:
    return type(value) in CONSTANTS or (type(value) in (tuple, frozenset) and all(map(_is_constant, value)))


def _is_plain_class(kind: type, name: str) -> bool:
    if type(kind) not in (type, abc.ABCMeta):
        return False
    return all(_is_fixed(value, name) for member, value in vars(kind).items() if not _is_special(member))


def _is_special(member: str) -> bool:
    return member == "_abc_impl" or (member.startswith("__") and member.endswith("__"))


def _functions_of(module: ModuleType) -> Iterator[FunctionType]:
    for value in vars(module).values():
        if type(value) is FunctionType:
            yield value
        elif isinstance(value, type) and value.__module__ == module.__name__:
            yield from (member for member in vars(value).values() if type(member) is FunctionType)
