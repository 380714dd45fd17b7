"""One execution with everything written down: the observer behind every trace.

Nothing of this runs while searching; the schedule in question is executed once more with it.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from types import FrameType
from typing import Any

from dojo import model
from dojo.explore.endings import UNNAMED, name_of
from dojo.explore.execution import Execution
from dojo.explore.labels import label_of_call, render_value
from dojo.explore.operations import (
    ACQUIRE,
    AWAIT,
    BEGIN,
    CENSUS,
    CLOCK,
    DEADLINE,
    FINISH,
    LOOK,
    NAMES,
    NO_SITE,
    READ,
    TRY,
    TRY_TAKE,
    WAKE,
    WRITE,
    YIELD,
    Operation,
)
from dojo.explore.preemption import cost_of
from dojo.explore.primitives.locks import Waitable, WaiterLock
from dojo.explore.sites import SITES
from dojo.explore.sources import Sources
from dojo.explore.task import Task

LOCK_IN_LINE = re.compile(
    r"\bwith\s+([A-Za-z_][\w.\[\]]*?)(?:\s*:|\s+as\b)"
    r"|(?:^|[\s(])([A-Za-z_][\w.\[\]]*?)\.(?:acquire|release|wait|notify|notify_all)\b"
)
MISSING = object()
SILENT = frozenset({BEGIN, CENSUS, FINISH, CLOCK, DEADLINE, YIELD, AWAIT})


class Recorder:
    """Turns the operations of one execution into steps."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.steps: list[model.Step] = []
        self._names: dict[int, str] = {}
        self._kept: list[Any] = []
        self._numbers: dict[int, int] = {}
        self._taken: dict[int, model.Place | None] = {}
        self._preempts = False
        self._unread: tuple[int, Any, Any] | None = None
        self._tried: tuple[Any, model.Place | None] | None = None
        """The lock or queue that the last step asked for without waiting, and where the lock was taken before."""
        self._labels: dict[int, str] = {}

    # ------------------------------------------------------------------------------- observer

    def chosen(self, execution: Execution, before: Task, chosen: Task) -> None:
        self._preempts = bool(cost_of(execution, chosen)) if len(execution.runnable) > 1 else False

    def took(self, execution: Execution, task: Task, operation: Operation) -> None:
        self._read_back(execution)
        self._tried = None
        mode, target, member, site = operation
        if mode in SILENT or (mode == TRY and target in task.holding and not isinstance(target, WaiterLock)):
            # `Condition` tries the lock that it holds, to be sure of it.
            return
        known = SITES[site] if site != NO_SITE else None
        place = self._place(operation)
        learner = place is not None and place.path == self.sources.place(self.sources.submission, 0).path
        library = known is not None and not known.by_learner and known.path != self.sources.grader
        if library and mode in (READ, WRITE):
            return
        holds = tuple(self.name_lock(lock, None) for lock in task.holding if not isinstance(lock, WaiterLock))
        subject, value = self._subject(operation, place, execution)
        step = model.Step(
            number=len(self.steps) + 1,
            task=task.number,
            verb=self._verb(operation),
            subject=subject,
            value=value,
            place=place,
            by_learner=learner,
            variable=f"{self._number(_lasting(execution, target))}.{_member(member)}",
            holds=holds,
            preempts=self._preempts,
        )
        self._preempts = False
        self.steps.append(step)
        if mode == WRITE:
            self._unread = (len(self.steps) - 1, _lasting(execution, target), member)
        elif mode in (ACQUIRE, TRY, TRY_TAKE):
            if mode != ACQUIRE and not isinstance(target, WaiterLock):
                self._tried = target, self._taken.get(id(target))
            self._taken[id(target)] = place

    def missed(self) -> None:
        if self._tried is not None:
            target, taken = self._tried
            self._taken[id(target)] = taken
            found = "held" if isinstance(target, Waitable) else "empty"
            self.steps[-1] = replace(self.steps[-1], verb="try", value=found)

    def finish(self, execution: Execution) -> None:
        self._read_back(execution)

    def _read_back(self, execution: Execution) -> None:
        """Now that the last write has happened, note what was written."""
        if self._unread is not None:
            position, target, member = self._unread
            self._unread = None
            value = self._peek(_meant(execution, target), member)
            if value is not MISSING:
                self.steps[position] = replace(self.steps[position], value=render_value(value))

    # ---------------------------------------------------------------------------------- names

    def _place(self, operation: Operation) -> model.Place | None:
        site = operation[3]
        if site != NO_SITE and SITES[site].path in (self.sources.submission, self.sources.grader):
            return self.sources.place(SITES[site].path, SITES[site].line)
        return self.sources.place_of(_frames())

    def _verb(self, operation: Operation) -> str:
        mode, target, _, site = operation
        if site != NO_SITE:
            return SITES[site].verb
        if isinstance(target, WaiterLock) and mode != WAKE:
            return "wait" if mode in (ACQUIRE, TRY) else "notify"
        if mode == LOOK:
            return "read"
        return NAMES[mode]

    def _subject(self, operation: Operation, place: model.Place | None, execution: Execution) -> tuple[str, str | None]:
        mode, target, member, site = operation
        if isinstance(target, Task):
            return self.label(target), None
        if site == NO_SITE:
            return self.name_lock(target, place), None
        value = self._peek(target, member) if mode == READ else MISSING
        subject = SITES[site].subject
        if value is not MISSING:
            self._learn(value, subject)
        shown = None if value is MISSING else render_value(value)
        return _short_subject(SITES[site].subject, SITES[site].member, SITES[site].verb), shown

    def _learn(self, value: Any, subject: str) -> None:
        """Remember how the learner calls a lock, or what contains one."""
        for item in _locks_in(value):
            self._kept.append(item)
            self._names.setdefault(id(item), subject)

    def name_lock(self, lock: Any, place: model.Place | None) -> str:
        """Return the learner's own name of a lock or queue."""
        name = self._names.get(id(lock))
        if name is None and place is not None:
            found = LOCK_IN_LINE.search(place.text)
            if found:
                name = self._names[id(lock)] = found[1] or found[2]
                self._kept.append(lock)
        return name or (UNNAMED if isinstance(lock, Waitable) else "the queue")

    def label(self, task: Task) -> str:
        if task.number not in self._labels:
            self._labels[task.number] = label_of_call(task.purpose)
        return self._labels[task.number]

    def taken_at(self, lock: Any) -> model.Place | None:
        """Return where the lock was taken last."""
        return self._taken.get(id(lock))

    def tasks(self, execution: Execution) -> tuple[model.Task, ...]:
        return tuple(model.Task(task.number, name_of(task), self.label(task)) for task in execution.tasks)

    def _number(self, target: Any) -> int:
        if id(target) not in self._numbers:
            self._numbers[id(target)] = len(self._numbers) + 1
            self._kept.append(target)
        return self._numbers[id(target)]

    def _peek(self, target: Any, member: Any) -> Any:
        """Return what stands at a place right now, without running anybody's code."""
        try:
            if isinstance(target, str):
                return self._peek_name(target, member)
            if isinstance(member, tuple):
                return target[member[1]]
            if member is None:
                return target if type(target).__module__ in ("builtins", "collections") else MISSING
            found = inspect.getattr_static(target, member)
            return found.__get__(target, type(target)) if inspect.ismemberdescriptor(found) else found
        except (AttributeError, KeyError, IndexError, TypeError):
            return MISSING

    def _peek_name(self, path: str, label: str) -> Any:
        name = label.removeprefix("global ")
        module = next((m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == path), None)
        return vars(module).get(name, MISSING) if module is not None and label.startswith("global ") else MISSING


def _lasting(execution: Execution, target: Any) -> Any:
    """Return what may be kept to know `target` by."""
    return target if execution.lifetimes is None else execution.lifetimes.marker_of(target)


def _meant(execution: Execution, kept: Any) -> Any:
    return kept if execution.lifetimes is None else execution.lifetimes.object_of(kept)


def _frames() -> Iterator[FrameType]:
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        yield frame
        frame = frame.f_back


def _member(member: Any) -> str:
    return "*" if member is None else f"[{member[1]!r}]" if isinstance(member, tuple) else str(member)


def _short_subject(subject: str, member: str, verb: str) -> str:
    """ "self._balance" -> "_balance": the table has no room for the owner where it is `self`."""
    text = subject.removeprefix("self.")
    if verb == "call" and "." not in text:
        return member
    return text


def _locks_in(value: Any) -> Iterator[Any]:
    if isinstance(value, Waitable):
        yield value
    elif type(value).__module__ in ("threading", "queue", "dojo", "_queue"):
        yield value
        for inner in list(getattr(value, "__dict__", {}).values()):
            if isinstance(inner, Waitable):
                yield inner
            elif type(inner).__module__ == "threading":
                yield from (item for item in vars(inner).values() if isinstance(item, Waitable))
