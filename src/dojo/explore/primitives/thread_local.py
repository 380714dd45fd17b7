"""`_thread._local`: attributes that every task has for itself."""

from __future__ import annotations

import weakref
from typing import Any

from dojo.explore.execution import EXECUTION
from dojo.explore.primitives.arguments import refuse_to_pickle


class _Owner:
    """Stands for one task in the `local` objects that it used; its attributes go when it goes."""


class local:  # noqa: N801  (the name that `_thread` gives it)
    """`_thread._local`: every task sees attributes of its own."""

    __slots__ = ("__dict__", "__weakref__", "_dojo_arguments", "_dojo_dicts")

    def __new__(cls, *args: Any, **kwargs: Any) -> local:
        if (args or kwargs) and cls.__init__ is object.__init__:
            raise TypeError("Initialization arguments are not supported")
        self = object.__new__(cls)
        # The task that makes it runs __init__ as for any object, on what becomes its own attributes.
        dicts = weakref.WeakKeyDictionary({_owner_here(): object.__getattribute__(self, "__dict__")})
        object.__setattr__(self, "_dojo_arguments", (args, kwargs))
        object.__setattr__(self, "_dojo_dicts", dicts)
        return self

    __reduce_ex__ = refuse_to_pickle

    def __getattribute__(self, name: str) -> Any:
        _show_own(self)
        return object.__getattribute__(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "__dict__":
            raise _read_only(self)
        _show_own(self)
        object.__setattr__(self, name, value)

    def __delattr__(self, name: str) -> None:
        if name == "__dict__":
            raise _read_only(self)
        _show_own(self)
        object.__delattr__(self, name)


def _read_only(self: local) -> AttributeError:
    name = "_thread._local" if type(self) is local else type(self).__name__
    return AttributeError(f"{name!r} object attribute '__dict__' is read-only")


# The first task goes on where the import of the modules left off: they are one thread.
_main = _Owner()


def _owner_here() -> _Owner:
    task = EXECUTION.current
    if not EXECUTION.active or task.number == 0:
        return _main
    owner: _Owner | None = task.local
    if owner is None:
        owner = task.local = _Owner()
    return owner


def _show_own(self: local) -> None:
    """Give the object the attributes of the current task, making them where it comes for the first time."""
    dicts = object.__getattribute__(self, "_dojo_dicts")
    owner = _owner_here()
    mine = dicts.get(owner)
    if mine is None:
        mine = dicts[owner] = {}
        object.__setattr__(self, "__dict__", mine)
        if type(self).__init__ is not object.__init__:
            args, kwargs = object.__getattribute__(self, "_dojo_arguments")
            type(self).__init__(self, *args, **kwargs)
    if object.__getattribute__(self, "__dict__") is not mine:
        object.__setattr__(self, "__dict__", mine)


local.__name__ = local.__qualname__ = "_local"
local.__module__ = "_thread"
