"""What a function that is only known when it is called does with its arguments: `count = len; count(items)`."""

from __future__ import annotations

import sys
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

from dojo.explore.library_calls import INTO_ITEMS, mode_of, mode_of_builtin

KINDS = (BuiltinFunctionType, FunctionType, type)


def owner_of_method(function: Any) -> Any:
    """Return the object whose native method `function` is, bound to it; None for anything else."""
    if type(function) is not BuiltinFunctionType or isinstance(function.__self__, ModuleType):
        return None
    return function.__self__


def mode_of_function(function: Any) -> int | None:
    """Return what a function of the interpreter or its library does with what it is handed; None: nothing, or unknown.

    The modes are those of `library_calls`.
    """
    if type(function) not in KINDS:
        return None
    module: object = function.__module__
    if module == "builtins":
        return mode_of_builtin(function.__name__)
    if not isinstance(module, str) or module.partition(".")[0] not in sys.stdlib_module_names:
        return None
    return mode_of(f"{module.removeprefix('_')}.{function.__name__}")


def looks_into_items(function: Any) -> bool:
    """Tell whether `function` returns an iterator that looks into each item of what the function is handed."""
    # `chain.from_iterable` is a method of its class, and has no module of its own.
    owner = getattr(function, "__self__", None)
    # Not `isinstance`, which would ask an object of the learner's for its `__class__`.
    module = getattr(owner if issubclass(type(owner), type) else function, "__module__", None)
    return f"{module}.{getattr(function, '__qualname__', '')}" in INTO_ITEMS
