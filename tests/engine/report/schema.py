"""As much of JSON Schema 2020-12 as docs/verdict.schema.json uses."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "verdict.schema.json").read_text(encoding="utf-8"))

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}
_KNOWN = {"$schema", "$defs", "$ref", "title", "description", "type", "required", "additionalProperties"}
_KNOWN |= {"properties", "items", "anyOf", "enum", "const", "minimum"}


def problems(value: Any, schema: dict[str, Any] = SCHEMA, path: str = "$") -> Iterator[str]:
    """Yield where `value` differs from the schema."""
    assert schema.keys() <= _KNOWN, f"the checker does not know {schema.keys() - _KNOWN}"
    if "$ref" in schema:
        yield from problems(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]], path)
    if "anyOf" in schema and all(list(problems(value, one, path)) for one in schema["anyOf"]):
        yield f"{path}: {value!r} fits none of the alternatives"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{path}: {value!r} is none of {schema['enum']}"
    if "const" in schema and value != schema["const"]:
        yield f"{path}: {value!r} is not {schema['const']!r}"
    if "type" in schema and not _is_of(value, schema["type"]):
        yield f"{path}: {value!r} is not of type {schema['type']}"
        return
    if "minimum" in schema and value < schema["minimum"]:
        yield f"{path}: {value} is below {schema['minimum']}"
    yield from _inside(value, schema, path)


def _is_of(value: Any, types: str | list[str]) -> bool:
    names = [types] if isinstance(types, str) else types
    return any(type(value) in _TYPES[name] for name in names)


def _inside(value: Any, schema: dict[str, Any], path: str) -> Iterator[str]:
    if isinstance(value, list) and "items" in schema:
        for index, item in enumerate(value):
            yield from problems(item, schema["items"], f"{path}[{index}]")
    if isinstance(value, dict) and "properties" in schema:
        for key in set(schema.get("required", ())) - value.keys():
            yield f"{path}: {key!r} is missing"
        for key, item in value.items():
            if key in schema["properties"]:
                yield from problems(item, schema["properties"][key], f"{path}.{key}")
            elif schema.get("additionalProperties") is False:
                yield f"{path}: {key!r} is unknown"
