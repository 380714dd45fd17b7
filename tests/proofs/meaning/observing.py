"""Run a program in several ways and note everything that can be seen of it from outside."""

from __future__ import annotations

import builtins
import io
import random
import re
import traceback
from collections import Counter, OrderedDict, defaultdict, deque
from types import CodeType
from typing import Any

from dojo.explore.execution import EXECUTION, Execution
from dojo.explore.hooks import hook_table
from dojo.explore.instrument import instrument
from dojo.explore.primitives.threads import thread_module
from dojo.explore.sites import SITES
from dojo.explore.task import Task

PATH = "<program>"
ADDRESS = re.compile(r"0x[0-9a-f]+")
WAYS = ("plain", "outside", "alone", "with an idle task")


class MainFirst:
    """Always goes on with the first task: the others are ready, and never get their turn."""

    def begin(self) -> bool:
        return True

    def choose(self, execution: Execution) -> Task:
        return execution.runnable[0]

    def end(self, execution: Execution) -> None:
        pass


def shown(value: object, depth: int = 4) -> object:
    """Return what is compared of a value: kinds and contents, no addresses."""
    if depth == 0:
        return "..."
    if isinstance(value, list | tuple | deque):
        return (type(value).__name__, [shown(item, depth - 1) for item in value])
    if isinstance(value, set | frozenset):
        return (type(value).__name__, sorted(repr(shown(item, depth - 1)) for item in value))
    if isinstance(value, dict | OrderedDict | defaultdict | Counter):
        return (type(value).__name__, [(shown(key, depth - 1), shown(item, depth - 1)) for key, item in value.items()])
    if isinstance(value, BaseException):
        return (type(value).__name__, ADDRESS.sub("", str(value)))
    if isinstance(value, int | str | float | bytes | None):
        return (type(value).__name__, ADDRESS.sub("", repr(value)))
    if type(value).__module__ == PATH and not callable(value):
        return (type(value).__name__, shown(vars(value), depth - 1))
    return type(value).__name__


class Later:
    def __init__(self, value: object) -> None:
        self.value = value

    def __await__(self):
        yield
        return self.value


def drive(coroutine) -> object:
    try:
        while True:
            coroutine.send(None)
    except StopIteration as stop:
        return stop.value


async def each(count: int):
    for number in range(count):
        yield number


class Guard:
    async def __aenter__(self) -> int:
        return 1

    async def __aexit__(self, *exc_info: object) -> None:
        pass


def observe(code: CodeType, names: dict[str, Any]) -> dict[str, object]:
    """Execute `code` and return what it logged, how it ended, where, and what it left behind."""
    log: list[object] = []

    def t(tag: object, value: object = None) -> object:
        log.append((shown(tag), shown(value)))
        return value

    def t_string(template: Any) -> object:
        return t("template", [shown(part) if isinstance(part, str) else repr(part) for part in template])

    random.seed(0)
    sink = io.StringIO()
    space: dict[str, Any] = {"__name__": PATH, "__builtins__": names, "t": t, "sink": sink, "t_string": t_string}
    space |= {"t_decorator": lambda value: lambda function: t("decorate", value) and function}
    space |= {"later": Later, "drive": drive, "each": each, "guard": Guard}
    ending: object = None
    try:
        exec(code, space)
    except Exception as error:
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == PATH]
        ending = (shown(error), lines, shown(error.__cause__), shown(error.__context__))
    left = {name: shown(value) for name, value in space.items() if not name.startswith("__") or "dojo" in name}
    return {"log": log, "ending": ending, "left": left, "printed": ADDRESS.sub("", sink.getvalue())}


def run(source: str, way: str) -> dict[str, object]:
    """Run `source` in one of `WAYS`; a SyntaxError propagates."""
    if way == "plain":
        return observe(compile(source, PATH, "exec", dont_inherit=True), vars(builtins))
    names = {**vars(builtins), **hook_table()}
    kept = len(SITES)
    code = compile(instrument(source, PATH, SITES), PATH, "exec", dont_inherit=True)
    try:
        if way == "outside":
            return observe(code, names)
        found: list[dict[str, object]] = []

        def scenario() -> None:
            if way == "with an idle task":
                thread_module().start_new_thread(int, ())
                assert not EXECUTION.solo
            found.append(observe(code, names))

        EXECUTION.run(MainFirst(), scenario)
        return found[0]
    finally:
        del SITES[kept:]


def difference(source: str, way: str, expected: dict[str, object] | None = None) -> str:
    """Return in words what `way` shows differently from the plain program; empty: nothing."""
    before, after = expected or run(source, "plain"), run(source, way)
    return "\n".join(
        f"{way}: {part}\n  plain:        {_first_apart(before[part], after[part])[0]}\n"
        f"  instrumented: {_first_apart(before[part], after[part])[1]}"
        for part in before
        if before[part] != after[part]
    )


def _first_apart(one: Any, other: Any) -> tuple[object, object]:
    if isinstance(one, dict):
        names = [name for name in {**one, **other} if one.get(name) != other.get(name)]
        return {name: one.get(name) for name in names}, {name: other.get(name) for name in names}
    if isinstance(one, list):
        place = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
        return one[place : place + 3], other[place : place + 3]
    return one, other
