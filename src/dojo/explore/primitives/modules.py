"""Modules that stand in for real ones, with some of their names replaced."""

from __future__ import annotations

from collections.abc import Mapping
from types import FunctionType, ModuleType


def stand_in(module: ModuleType, names: Mapping[str, object], without: tuple[str, ...] = ()) -> ModuleType:
    """Return a copy of `module`, without some of its names and with others replaced.

    A function that stands in for a built-in one does not bind where a class has it as an attribute.
    """
    copy = ModuleType(module.__name__, module.__doc__)
    vars(copy).update({name: value for name, value in vars(module).items() if name not in without})
    vars(copy).update({name: unbound(value) for name, value in names.items()})
    return copy


def unbound(value: object) -> object:
    return staticmethod(value) if isinstance(value, FunctionType) else value
