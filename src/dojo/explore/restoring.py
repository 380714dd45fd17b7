"""Putting modules back to what they were, so that one execution leaves nothing to the next."""

from __future__ import annotations

import collections
import sys
import weakref
from collections.abc import Mapping
from types import ModuleType
from typing import Any

CONTAINERS: tuple[type, ...] = (
    *(dict, list, set, collections.deque),
    *(weakref.WeakSet, weakref.WeakKeyDictionary, weakref.WeakValueDictionary),
)
# What the interpreter itself adds to a class while it is used.
VOLATILE = frozenset({"__abc_impl", "_abc_impl", "__annotations__", "__annotations_cache__"})


CLEAN, RARELY = 24, 16


class LeftBehind(Exception):
    """An execution changed what is looked at only now and then: what came out since then is not to be trusted."""


class Vigilance:
    """When to look at what is dear to look at, and hardly ever changed: the names of the library and of its classes.

    After every execution, as long as `is_relaxed` is not set. Then, once it was in vain so often in a row, after every
    so many executions; whoever sets it looks once more at the end.
    """

    def __init__(self) -> None:
        self.is_relaxed = False
        self.unseen = 0
        """Executions since it was looked at last."""
        self._clean = 0

    def is_due(self) -> bool:
        if self.is_relaxed and self._clean >= CLEAN and self.unseen < RARELY:
            self.unseen += 1
            return False
        return True

    def found(self, *, changed: bool) -> None:
        """Note what a look has shown; raise `LeftBehind` where it came too late. It will not be too late again."""
        unseen, self.unseen = self.unseen, 0
        self._clean = 0 if changed else self._clean + 1
        if changed and unseen:
            self._clean = -sys.maxsize
            raise LeftBehind


class Snapshot:
    """The names of a module, and what its containers, its classes and some of its objects hold."""

    def __init__(self, module: ModuleType) -> None:
        self.namespace = vars(module)
        self.names = dict(self.namespace)
        self.containers: list[tuple[Any, Any]] = []
        self.objects: list[tuple[dict[str, Any], dict[str, Any]]] = []
        self.classes: list[tuple[type, Mapping[str, Any], dict[str, Any]]] = []
        for name, value in self.names.items():
            if name.startswith("__"):
                continue
            if type(value) in CONTAINERS:
                self._keep_container(value)
            elif isinstance(value, type) and value.__module__ == module.__name__:
                self.classes.append((value, vars(value), dict(vars(value))))

    def keep_object(self, value: object) -> None:
        """Restore the attributes of `value` too, and the containers among them."""
        attributes = vars(value)
        self.objects.append((attributes, dict(attributes)))
        for attribute in attributes.values():
            if type(attribute) in CONTAINERS:
                self._keep_container(attribute)

    def add_item(self, container: dict[str, Any], key: str, value: object) -> None:
        """Let `container`, which is kept, hold this item too from now on."""
        next(content for kept, content in self.containers if kept is container).append((key, value))

    def put(self, holder: ModuleType | type, name: str, value: object) -> None:
        """Give the module, or a class in it, an attribute that counts as what it was from now on."""
        setattr(holder, name, value)
        if isinstance(holder, ModuleType):
            self.names[name] = value
        else:
            next(before for kind, _, before in self.classes if kind is holder)[name] = value

    def _keep_container(self, container: Any) -> None:
        self.containers.append((container, _content(container)))

    def restore(self) -> None:
        """Put back what the containers and the objects hold: that changes all the time."""
        for attributes, before in self.objects:
            if attributes != before:
                _overwrite(attributes, before)
        for container, content in self.containers:
            if content or container:
                _refill(container, content)

    def restore_names(self) -> bool:
        """Put back the names of the module and of its classes; tell whether any was changed. This is dear."""
        changed = self.namespace != self.names
        if changed:
            _overwrite(self.namespace, self.names)
        for kind, now, before in self.classes:
            if now != before:
                changed |= _restore_class(kind, before)
        return changed


def _restore_class(kind: type, before: dict[str, Any]) -> bool:
    added = vars(kind).keys() - before.keys() - VOLATILE
    for name in added:
        delattr(kind, name)
    replaced = [name for name in before.keys() - VOLATILE if vars(kind).get(name) is not before[name]]
    for name in replaced:
        setattr(kind, name, before[name])
    return bool(added or replaced)


def _overwrite(namespace: dict[str, Any], names: dict[str, Any]) -> None:
    namespace.clear()
    namespace.update(names)


def _content(container: Any) -> Any:
    if type(container) is dict:
        # The same as below, for most of them: to ask for an abstract class is dear.
        return list(container.items())
    if isinstance(container, weakref.WeakValueDictionary):
        return [(key, weakref.ref(value)) for key, value in container.items()]
    if isinstance(container, dict | weakref.WeakKeyDictionary):
        return list(container.items())
    return list(container)


def _refill(container: Any, content: list[Any]) -> None:
    if len(container) == len(content) and _content(container) == content:
        return
    container.clear()
    if isinstance(container, weakref.WeakValueDictionary):
        container.update({key: value for key, reference in content if (value := reference()) is not None})
    elif isinstance(container, list | collections.deque):
        container.extend(content)
    else:
        container.update(content)
