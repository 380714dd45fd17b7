"""Hashes and identities that do not depend on addresses: sets and sorted orders are the same in every execution."""

from __future__ import annotations

import contextlib
from types import ModuleType
from typing import Any

from dojo.explore.execution import EXECUTION


def number_of(target: object) -> int | None:
    """Return the number of `target`, the next one where it has none yet; None where it cannot keep one."""
    if isinstance(target, type):
        return None
    try:
        number: int | None = object.__getattribute__(target, "_dojo_number")
    except AttributeError:
        number = None
    if number is None:
        number = EXECUTION.numbers = EXECUTION.numbers + 1
        try:
            object.__setattr__(target, "_dojo_number", number)
        except (AttributeError, TypeError):
            return None
    return number


def numbered_hash(self: Any) -> int:
    """Stand in for `object.__hash__`."""
    number = number_of(self)
    return object.__hash__(self) if number is None else number


def numbered_id(target: object, /) -> int:
    """Stand in for `id`: unique among living objects, as small as numbers that real addresses never have."""
    number = number_of(target)
    return id(target) if number is None else number


def number_hashes(module: ModuleType) -> None:
    """Give the classes of `module` that hash by address a hash by number."""
    for value in list(vars(module).values()):
        if isinstance(value, type) and value.__module__ == module.__name__:
            _number_hash(value)


def _number_hash(kind: Any) -> None:
    if kind.__hash__ is object.__hash__:
        # What is written in C, like `functools.partial`, stays as it is.
        with contextlib.suppress(TypeError):
            kind.__hash__ = numbered_hash
