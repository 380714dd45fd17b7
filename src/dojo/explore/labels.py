"""What a report calls things: calls and values in the learner's words, never addresses; no learner's code runs."""

from __future__ import annotations

import ast
import linecache
import re
from collections.abc import Callable, Iterator, Sequence
from types import FunctionType, MethodType
from typing import Any

LONGEST = 24


def render_value(value: object) -> str:
    """Return a short text of `value` without calling anything that the learner may have written."""
    text = _render(value, 2)
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."


def _render(value: object, depth: int) -> str:
    kind = type(value)
    if value is None or kind in (bool, int, float, str, bytes):
        return repr(value)[: LONGEST + 10]
    if isinstance(value, int):
        return repr(int(value))
    if isinstance(value, str):
        return repr(str.__str__(value))
    if isinstance(value, type | FunctionType):
        return value.__name__
    if depth and isinstance(value, list | tuple | set | frozenset | dict) and kind.__module__ == "builtins":
        return _render_container(value, depth)
    if depth and kind.__name__ in ("deque", "OrderedDict", "defaultdict") and isinstance(value, Sequence | dict):
        return f"{kind.__name__}({_render_container(list(value), depth)})"
    return f"<{kind.__name__}>"


def _render_container(value: Any, depth: int) -> str:
    if isinstance(value, dict):
        inside = [f"{_render(key, depth - 1)}: {_render(item, depth - 1)}" for key, item in list(value.items())[:5]]
    else:
        inside = [_render(item, depth - 1) for item in list(value)[:5]]
    text = ", ".join(inside) + (", ..." if len(value) > 5 else "")
    opening, closing = "[]" if type(value) is list else "()" if type(value) is tuple else "{}"
    return f"{opening}{text}{closing}"


def label_of_call(function: Callable[..., object] | None) -> str:
    """Return what a task was asked to do, as a call: "deposit(20)"."""
    if isinstance(function, MethodType) and hasattr(function.__self__, "_target"):
        return _label_of_thread(function.__self__)
    return "" if function is None else _label(function, ())


def _label_of_thread(thread: Any) -> str:
    target, arguments = thread._target, thread._args
    if target is None:
        kind = type(thread)
        return f"{kind.__name__}.run()" if kind.__name__ not in ("Thread", "_DummyThread") else ""
    if getattr(target, "__name__", "") == "_keep_ending":
        return _label(arguments[2], arguments[3])
    if getattr(target, "__module__", "") == "concurrent.futures.thread":
        return "a worker of the pool"
    return _label(target, arguments)


def _label(function: Any, arguments: Sequence[object]) -> str:
    function = getattr(function, "func", function)
    name = getattr(function, "__name__", type(function).__name__)
    if name == "<lambda>":
        return _label_of_lambda(function) or "a lambda"
    return f"{name}({', '.join(render_value(argument) for argument in arguments)})"


def _label_of_lambda(function: FunctionType) -> str | None:
    """Return the call that a lambda stands for, with the values of its closure written in."""
    code = function.__code__
    lines = linecache.getlines(code.co_filename)
    spans = [span for span in code.co_positions() if span[0] is not None and span[2] is not None]
    if not lines or not spans or any(span[0] != span[1] for span in spans):
        return None
    columns = {(span[2], span[3]) for span in spans}
    for body, offset in _bodies_of_lambdas(lines[code.co_firstlineno - 1]):
        if isinstance(body, ast.Call) and (offset + body.col_offset, offset + (body.end_col_offset or 0)) in columns:
            return _written_call(body, function)
    return None


def _bodies_of_lambdas(line: str) -> Iterator[tuple[ast.expr, int]]:
    """Yield the body of each lambda of the line, and how many bytes stand before the lambda."""
    for match in re.finditer(r"\blambda\b", line):
        start = match.start()
        for end in range(len(line), start, -1):
            try:
                tree = ast.parse(line[start:end].strip(), mode="eval")
            except SyntaxError:
                continue
            # `lambda: a(), lambda: b()` is a tuple: what comes after the first one has to go.
            if isinstance(tree.body, ast.Lambda):
                yield tree.body.body, len(line[:start].encode())
                break


def _written_call(call: ast.Call, function: FunctionType) -> str:
    known = dict(zip(function.__code__.co_freevars, function.__closure__ or (), strict=False))

    def shown(node: ast.expr) -> str:
        cell = known.get(node.id) if isinstance(node, ast.Name) else None
        return render_value(cell.cell_contents) if cell is not None else ast.unparse(node)

    name = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
    return f"{name}({', '.join(shown(argument) for argument in call.args)})"
