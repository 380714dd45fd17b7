"""Putting modules back to what they were, so that one execution leaves nothing to the next."""

from __future__ import annotations

import collections
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
        if self.namespace != self.names:
            _overwrite(self.namespace, self.names)
        for attributes, before in self.objects:
            if attributes != before:
                _overwrite(attributes, before)
        for container, content in self.containers:
            _refill(container, content)

    def restore_classes(self) -> None:
        """Undo what was done to classes: rarer, and dearer to find out."""
        for kind, now, before in self.classes:
            if now != before:
                _restore_class(kind, before)


def _restore_class(kind: type, before: dict[str, Any]) -> None:
    for name in vars(kind).keys() - before.keys() - VOLATILE:
        delattr(kind, name)
    for name in before.keys() - VOLATILE:
        if vars(kind).get(name) is not before[name]:
            setattr(kind, name, before[name])


def _overwrite(namespace: dict[str, Any], names: dict[str, Any]) -> None:
    namespace.clear()
    namespace.update(names)


def _content(container: Any) -> Any:
    if isinstance(container, weakref.WeakValueDictionary):
        return [(key, weakref.ref(value)) for key, value in container.items()]
    if isinstance(container, dict | weakref.WeakKeyDictionary):
        return list(container.items())
    return list(container)


def _refill(container: Any, content: list[Any]) -> None:
    if len(container) == len(content) and (not content or _content(container) == content):
        return
    container.clear()
    if isinstance(container, weakref.WeakValueDictionary):
        container.update({key: value for key, reference in content if (value := reference()) is not None})
    elif isinstance(container, list | collections.deque):
        container.extend(content)
    else:
        container.update(content)
