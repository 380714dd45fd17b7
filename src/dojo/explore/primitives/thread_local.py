"""`_thread._local`: attributes that every task has for itself."""

from __future__ import annotations

import weakref
from collections.abc import MutableMapping
from typing import Any

from dojo.explore.execution import EXECUTION


class _LocalKey:
    """Stands for one `local` in the tasks that used it, and goes when the `local` goes."""


class local:  # noqa: N801  (the name that `_thread` gives it)
    """`_thread._local`: every task sees attributes of its own."""

    __slots__ = ("__dict__", "__weakref__", "_dojo_arguments", "_dojo_key")

    def __new__(cls, *args: Any, **kwargs: Any) -> local:
        if (args or kwargs) and cls.__init__ is object.__init__:
            raise TypeError("Initialization arguments are not supported")
        self = object.__new__(cls)
        object.__setattr__(self, "_dojo_arguments", (args, kwargs))
        object.__setattr__(self, "_dojo_key", _LocalKey())
        # The task that makes it runs __init__ as for any object, on what becomes its own attributes.
        _locals_here()[object.__getattribute__(self, "_dojo_key")] = object.__getattribute__(self, "__dict__")
        return self

    def __getattribute__(self, name: str) -> Any:
        _show_own(self)
        return object.__getattribute__(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "__dict__":
            raise AttributeError(f"{type(self).__name__!r} object attribute '__dict__' is read-only")
        _show_own(self)
        object.__setattr__(self, name, value)

    def __delattr__(self, name: str) -> None:
        if name == "__dict__":
            raise AttributeError(f"{type(self).__name__!r} object attribute '__dict__' is read-only")
        _show_own(self)
        object.__delattr__(self, name)


_outside: weakref.WeakKeyDictionary[_LocalKey, dict[str, Any]] = weakref.WeakKeyDictionary()


def _locals_here() -> MutableMapping[_LocalKey, dict[str, Any]]:
    if not EXECUTION.active:
        return _outside
    task = EXECUTION.current
    if task.local is None:
        task.local = weakref.WeakKeyDictionary()
    return task.local


def _show_own(self: local) -> None:
    """Give the object the attributes of the current task, making them where it comes for the first time."""
    mine = _locals_here()
    key = object.__getattribute__(self, "_dojo_key")
    if key not in mine:
        mine[key] = {}
        object.__setattr__(self, "__dict__", mine[key])
        if type(self).__init__ is not object.__init__:
            args, kwargs = object.__getattribute__(self, "_dojo_arguments")
            type(self).__init__(self, *args, **kwargs)
    if object.__getattribute__(self, "__dict__") is not mine[key]:
        object.__setattr__(self, "__dict__", mine[key])
