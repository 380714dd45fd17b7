"""How an execution ended, as a value: drawn up while its tasks still stand where they stopped."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from types import FrameType, TracebackType
from typing import Any, Protocol

from dojo import model
from dojo.explore.execution import Execution
from dojo.explore.operations import ACQUIRE, JOIN, TAKE
from dojo.explore.primitives.locks import WaiterLock
from dojo.explore.recursion import TOO_DEEP
from dojo.explore.sources import Sources
from dojo.explore.task import Task

MAX_OBSERVATION = 1 << 20
ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{4,}\b")


def check_plain(value: object, depth: int = 0) -> str | None:
    """Return what keeps `value` from being plain JSON data, or None."""
    if value is None or type(value) in (bool, int, str):
        return None
    if type(value) is float:
        return None if math.isfinite(value) else f"the number {value}"
    if depth > 100:
        return "data nested more than 100 deep"
    if type(value) is list:
        return next((fault for item in value if (fault := check_plain(item, depth + 1))), None)
    if type(value) is dict:
        if any(type(key) is not str for key in value):
            return "a dict with keys that are not str"
        return next((fault for item in value.values() if (fault := check_plain(item, depth + 1))), None)
    return f"an object of type {type(value).__name__}"


def returned(value: Any) -> model.Ending:
    """Return the ending of a scenario that returned `value`."""
    fault = check_plain(value)
    if fault is None and _length(value) > MAX_OBSERVATION:
        fault = f"more than {MAX_OBSERVATION:,} characters of JSON"
    if fault is None:
        return model.Returned(value)
    return model.Raised("NotPlainData", f"the observation must be plain JSON data, and holds {fault}", None)


def _length(value: Any) -> int:
    """Return how long `value` is as JSON; 0 where it cannot be too long, without looking any closer."""
    kind = type(value)
    if value is None or kind in (bool, float) or (kind is int and value.bit_length() < 64):
        return 0
    if kind is str and len(value) < MAX_OBSERVATION >> 4:
        return 0
    try:
        return len(json.dumps(value))
    except ValueError:
        # A whole number with more digits than the interpreter is willing to write.
        return MAX_OBSERVATION + 1


class Namer(Protocol):
    """What a recording knows that a search does not: names, and where locks were taken."""

    def finish(self, execution: Execution) -> None: ...

    def tasks(self, execution: Execution) -> tuple[model.Task, ...]: ...

    def name_lock(self, lock: Any, place: model.Place | None) -> str: ...

    def taken_at(self, lock: Any) -> model.Place | None: ...


class Autopsy:
    """Describes an execution that is over, before its tasks are unwound."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.ending: model.Ending | None = None
        self.recorder: Namer | None = None
        self.tasks: tuple[model.Task, ...] = ()

    def __call__(self, execution: Execution) -> None:
        self.ending = None
        if self.recorder is not None:
            self.recorder.finish(execution)
            self.tasks = self.recorder.tasks(execution)
        if execution.over == "stuck":
            self.ending = model.Stuck(tuple(self._waits(execution)))
        elif execution.over == "spinning":
            self.ending = model.Spinning(len(execution.log), tuple(self._spinning(execution)))
        elif execution.over == "deep":
            place = self.sources.place_of(task_frames(execution.current))
            self.ending = model.Raised("RecursionError", TOO_DEEP, place, execution.current.number)
        elif execution.left_alive and not execution.unhandled:
            left = execution.left_alive
            tasks = tuple(model.Task(task.number, name_of(task)) for task in left)
            places = [self.sources.place_of(task_frames(task)) for task in left]
            self.ending = model.LeftAlive(tasks, tuple(place for place in places if place))
        elif execution.unhandled:
            # No step orders the ends of two threads: the first in time may not tell outcomes apart.
            task, error = min(execution.unhandled, key=lambda raised: raised[0].number)
            self.ending = self.raised(error, task.number)

    def raised(self, error: BaseException, task: int = 0) -> model.Raised:
        try:
            message = ADDRESS.sub("0x...", str(error))
        except Exception:  # noqa: BLE001
            # The learner's own exception class may fail to show itself.
            message = "<its message cannot be shown>"
        return model.Raised(type(error).__name__, message[:500], self.sources.place_of(traceback_frames(error)), task)

    def _waits(self, execution: Execution) -> Iterator[model.Wait]:
        for task in execution.tasks:
            # Where waiting is not allowed the others could still go on.
            if task.ended or task in execution.runnable:
                continue
            mode, target, _, _ = task.operation
            place = self.sources.place_of(task_frames(task))
            asleep = isinstance(target, WaiterLock)
            holder = target if mode == JOIN else None if asleep else getattr(target, "owner", None)
            what, taken = (WAKE_UP if asleep else WAITS.get(mode, "something")), None
            if self.recorder is not None and mode == ACQUIRE:
                name = self.recorder.name_lock(target, place)
                what = name if not asleep else WAKE_UP if name == UNNAMED else f"{WAKE_UP} on {name}"
                taken = None if asleep else self.recorder.taken_at(target)
            number = holder.number if isinstance(holder, Task) else None
            yield model.Wait(task.number, what, place, number, taken)

    def _spinning(self, execution: Execution) -> Iterator[model.Place]:
        for task in sorted(execution.idle, key=lambda task: task.number) or [execution.current]:
            place = self.sources.place_of(task_frames(task))
            if place is not None:
                yield place


WAKE_UP = "a wake-up"
UNNAMED = "the lock"
WAITS = {ACQUIRE: "a lock", JOIN: "the end of a thread", TAKE: "an item in a queue"}


def name_of(task: Task) -> str:
    return "main" if task.number == 0 else f"T{task.number}"


def task_frames(task: Task) -> Iterator[FrameType]:
    """Yield the frames of a suspended task, innermost first."""
    frame = task.carrier.gr_frame if task.carrier is not None else None
    while frame is not None:
        yield frame
        frame = frame.f_back


def traceback_frames(error: BaseException) -> Iterator[FrameType | TracebackType]:
    """Yield the entries of the traceback, innermost first; a traceback entry knows the line at which it was raised."""
    entries: list[TracebackType] = []
    entry = error.__traceback__
    while entry is not None:
        entries.append(entry)
        entry = entry.tb_next
    yield from reversed(entries)


def key_of(ending: model.Ending) -> str:
    """Return a text that two endings share exactly when they are the same outcome."""
    match ending:
        case model.Returned(value):
            return "returned " + _as_json(value)
        case model.Raised(kind, message, place, task):
            return f"raised {kind} {message} {_line(place)} {task}"
        case model.Stuck(waits):
            return "stuck " + " ".join(f"{wait.task}@{_line(wait.place)}>{wait.holder}" for wait in waits)
        case model.Spinning(_, places):
            return "spinning " + " ".join(map(_line, places))
        case model.LeftAlive(tasks, _):
            return "left-alive " + " ".join(str(task.number) for task in tasks)


_ENCODED = json.JSONEncoder(sort_keys=True).encode


def _as_json(value: model.Json) -> str:
    # Most observations are small numbers, and this is asked after every execution.
    if type(value) is int:
        return str(value)
    if type(value) is bool:
        return "true" if value else "false"
    return _ENCODED(value)


def _line(place: model.Place | None) -> str:
    return f"{place.path}:{place.line}" if place else "?"
