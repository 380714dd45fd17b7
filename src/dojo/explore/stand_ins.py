"""Objects that stand in for a container until it is known what exactly is done to it."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator
from typing import Any, Self

from dojo.explore.accesses import announce_call, announce_deletion, announce_item, look_into
from dojo.explore.execution import EXECUTION
from dojo.explore.operations import EVERYTHING, WRITE
from dojo.explore.unseen import note_inside, note_item


class Later:
    """Stands for a container until its method is called: only then is it known when the step is taken."""

    __slots__ = ("_site", "_target")

    def __init__(self, target: Any, site: int) -> None:
        self._target = target
        self._site = site

    def __getattr__(self, member: str) -> Any:
        return LaterCall(self._target, member, self._site)


class LaterCall:
    """A bound method of a container that takes its step when it is called."""

    __slots__ = ("__self__", "_name", "_site")

    # The interpreter's messages name a function by its module, too.
    __module__ = property(lambda self: getattr(self.__self__, self._name).__module__)

    def __init__(self, target: Any, name: str, site: int) -> None:
        self.__self__ = target
        self._name = name
        self._site = site

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if not EXECUTION.solo:
            announce_call(self.__self__, self._name, self._site)
        return getattr(self.__self__, self._name)(*args, **kwargs)

    def __getattr__(self, member: str) -> Any:
        return getattr(getattr(self.__self__, self._name), member)

    def __eq__(self, other: object) -> bool:
        return bool(getattr(self.__self__, self._name) == _unwrapped(other))

    def __hash__(self) -> int:
        return hash(getattr(self.__self__, self._name))

    def __repr__(self) -> str:
        return repr(getattr(self.__self__, self._name))


def _unwrapped(method: object) -> object:
    return getattr(method.__self__, method._name) if isinstance(method, LaterCall) else method


class Items:
    """Stands for a container whose item is about to be stored: the step is taken when the key is known."""

    __slots__ = ("_site", "_target")

    def __init__(self, target: Any, site: int) -> None:
        self._target = target
        self._site = site

    def __setitem__(self, key: Any, value: Any) -> None:
        announce_item(self._target, key, WRITE, self._site)
        self._target[key] = value

    def __delitem__(self, key: Any) -> None:
        announce_deletion(self._target, key, self._site)
        del self._target[key]


class InFront:
    """Stands in front of an iterator, and is as long."""

    __slots__ = ("iterator",)

    def __init__(self, iterator: Iterator[Any]) -> None:
        self.iterator = iterator

    def __iter__(self) -> Self:
        return self

    def __length_hint__(self) -> int:
        return operator.length_hint(self.iterator)


class Unpacked(InFront):
    """An iteration whose items are taken apart: a container among them is looked into."""

    __slots__ = ("deep", "site")

    def __init__(self, iterable: Iterable[Any], deep: bool, site: int) -> None:
        super().__init__(iter(iterable))
        self.deep = deep
        self.site = site

    def __next__(self) -> Any:
        item = next(self.iterator)
        if not EXECUTION.solo:
            look_into(item, self.site)
            if self.deep:
                note_inside(item, self.site)
        return item


class Looked(InFront):
    """An iteration whose items are looked into by what takes them, now or later."""

    __slots__ = ("site",)

    def __init__(self, iterator: Iterator[Any], site: int) -> None:
        super().__init__(iterator)
        self.site = site

    def __next__(self) -> Any:
        item = next(self.iterator)
        if not EXECUTION.solo:
            note_item(item, self.site)
        return item


class Turns(InFront):
    """An iteration whose turns are counted, so that an endless one is noticed."""

    __slots__ = ()

    def __next__(self) -> Any:
        EXECUTION.count_turn()
        return next(self.iterator)


class Iteration(InFront):
    """An iteration in which every turn is a step."""

    __slots__ = ("mode", "site", "source")

    def __init__(self, source: Any, iterator: Iterator[Any], mode: int, site: int) -> None:
        super().__init__(iterator)
        self.source = source
        self.mode = mode
        self.site = site

    def __next__(self) -> Any:
        if not EXECUTION.solo:
            EXECUTION.point(self.mode, self.source, EVERYTHING, self.site)
        return next(self.iterator)
