"""Model values to plain JSON data and back, driven by the types alone.

A dataclass becomes an object with its fields and a "kind": the class name. That is what tells the members of a union
apart, and it stands in every object so that a reader of the JSON can tell them apart too. Reading is strict: exact
types, exactly the fields of the class, nothing converted. The other side may be a submission that sends what it likes.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints, overload

from dojo.model import Json

T = TypeVar("T")

KIND = "kind"
SCALARS = (bool, int, float, str, type(None))
# Deeper than any value of ours, shallower than the recursion limit of any interpreter.
DEEPEST = 200


class WireError(ValueError):
    """The data is not what the type says; the message begins with the path of the offending part."""


class _AnyJson:
    """Stands for `Json` in resolved annotations: a recursive alias cannot be taken apart like the other types."""


def to_json(value: object) -> Json:
    """Return `value` as plain JSON data, or raise WireError where it holds something else than model values."""
    if is_dataclass(value) and not isinstance(value, type):
        members = {item.name: to_json(getattr(value, item.name)) for item in fields(value)}
        if KIND in members:
            raise WireError(f"{type(value).__name__}: a field is named {KIND!r}, which the class name needs")
        return {KIND: type(value).__name__, **members}
    if type(value) in (tuple, list):
        return [to_json(item) for item in value]  # type: ignore[attr-defined]
    if isinstance(value, Mapping):
        return {_key(key): to_json(item) for key, item in value.items()}
    if type(value) in SCALARS:
        return value  # type: ignore[return-value]
    raise WireError(f"not a value that can be sent: {type(value).__name__}")


@overload
def from_json(kind: type[T], data: Json) -> T: ...
@overload
def from_json(kind: object, data: Json) -> Any: ...
def from_json(kind: object, data: Json) -> Any:
    """Return the value of type `kind` (a class, a union, a tuple type) that `data` means, or raise WireError."""
    return _read(_AnyJson if kind is Json else kind, data, "$")


def check_plain(data: object, path: str = "$", depth: int = 0) -> None:
    """Raise WireError unless `data` is plain JSON data: exact types, keys that are strings, no deep nesting."""
    if depth > DEEPEST:
        raise WireError(f"{path[:80]}: nested more than {DEEPEST} levels deep")
    if type(data) is list:
        for index, item in enumerate(data):
            check_plain(item, f"{path}[{index}]", depth + 1)
    elif type(data) is dict:
        for key, item in data.items():
            check_plain(item, f"{path}[{_key(key, path)!r}]", depth + 1)
    elif type(data) not in SCALARS:
        raise WireError(f"{path}: {type(data).__name__} is not plain JSON data")


def _key(key: object, path: str = "$") -> str:
    if type(key) is not str:
        raise WireError(f"{path}: a key is {type(key).__name__}, not str")
    return key


def _read(kind: Any, data: Json, path: str) -> Any:
    if kind is _AnyJson:
        check_plain(data, path)
        return data
    if kind in SCALARS or kind is None:
        return _read_scalar(kind, data, path)
    if isinstance(kind, type) and is_dataclass(kind):
        return _read_dataclass(kind, data, path)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _read_union(arguments, data, path)
    if origin is tuple:
        return _read_tuple(arguments, data, path)
    raise WireError(f"{path}: no way to read {kind!r}")


def _read_scalar(kind: Any, data: Json, path: str) -> Json:
    exact = type(None) if kind is None else kind
    if type(data) is not exact:
        raise WireError(f"{path}: {_short(data)} is not {exact.__name__}")
    return data


def _read_tuple(arguments: tuple[Any, ...], data: Json, path: str) -> tuple[Any, ...]:
    if type(data) is not list:
        raise WireError(f"{path}: {_short(data)} is not a list")
    if len(arguments) == 2 and arguments[1] is Ellipsis:
        arguments = arguments[:1] * len(data)
    if len(arguments) != len(data):
        raise WireError(f"{path}: {len(data)} items where {len(arguments)} belong")
    pairs = enumerate(zip(arguments, data, strict=True))
    return tuple(_read(kind, item, f"{path}[{index}]") for index, (kind, item) in pairs)


def _read_union(members: tuple[Any, ...], data: Json, path: str) -> Any:
    """Take the member that the data itself names: the class by its "kind", anything else by its exact type."""
    if type(data) is dict:
        for member in members:
            if isinstance(member, type) and is_dataclass(member) and member.__name__ == data.get(KIND):
                return _read_dataclass(member, data, path)
    else:
        for member in members:
            if type(data) is (type(None) if member is None else member):
                return data
    names = " or ".join(getattr(member, "__name__", str(member)) for member in members)
    raise WireError(f"{path}: {_short(data)} is not {names}")


def _read_dataclass(kind: type, data: Json, path: str) -> Any:
    if type(data) is not dict or data.get(KIND) != kind.__name__:
        raise WireError(f"{path}: {_short(data)} is not a {kind.__name__}")
    members = _members(kind)
    if data.keys() - {KIND} != members.keys():
        wrong = sorted((data.keys() - {KIND}) ^ members.keys())
        raise WireError(f"{path}: {kind.__name__} with missing or unknown {', '.join(map(repr, wrong))}")
    return kind(**{name: _read(of, data[name], f"{path}.{name}") for name, of in members.items()})


@cache
def _members(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind, localns={"Json": _AnyJson})
    return {item.name: hints[item.name] for item in fields(kind)}


def _short(data: Json) -> str:
    if type(data) is dict and KIND in data:
        return f"an object of kind {data[KIND]!r}"[:80]
    if isinstance(data, dict):
        return "an object"
    return "a list" if isinstance(data, list) else repr(data)[:60]
