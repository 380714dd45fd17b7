"""Which operations conflict, what happens before what, and which pairs of steps race.

Vector clocks over the conflicts of one execution, after Flanagan and Godefroid, "Dynamic partial-order reduction for
model checking software" (POPL 2005), and Abdulla, Aronis, Jonsson and Sagonas, "Optimal dynamic partial order
reduction" (POPL 2014), whose notion of a reversible race `races` computes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dojo.explore.operations import (
    ACQUIRE,
    AWAIT,
    BUSY,
    CLOCK,
    DEADLINE,
    END,
    FINISH,
    JOIN,
    LOOK,
    PUT,
    READ,
    RELEASE,
    SLEEP,
    START,
    TAKE,
    TIMED,
    TIMED_JOIN,
    TRY,
    TRY_TAKE,
    WRITE,
    Operation,
)

Effect = tuple[int, Any, bool]
"""The identity of what an operation acts on, the member (None: all of it), and whether it changes something there."""

# Places that are no objects: identities are never negative.
THE_CLOCK = -1
ALL_TASKS = -2
_ENABLERS = {ACQUIRE: RELEASE, TAKE: PUT, JOIN: END}
"""A blocking operation and the one that lets it go on: the first could not have come before the second."""
_ONE_CHANGE = frozenset({ACQUIRE, RELEASE, PUT, TAKE, TRY, TRY_TAKE})
_ONE_LOOK = frozenset({LOOK, JOIN, BUSY})


def effects(operation: Operation) -> tuple[Effect, ...]:
    """Return where `operation` acts; two operations conflict where one of them changes what both act on.

    Two changes of the clock, or of who is alive, commute: only those who look at them notice.
    """
    mode, target, member, _ = operation
    if mode <= WRITE:
        return ((id(target), member, mode == WRITE),)
    if mode in _ONE_CHANGE:
        change = (id(target), None, True)
        return (change, (THE_CLOCK, None, True)) if member == TIMED else (change,)
    if mode in _ONE_LOOK:
        look = (id(target), None, False)
        return (look, (THE_CLOCK, None, True)) if member == TIMED else (look,)
    if mode == AWAIT:
        keys = [key if isinstance(key, tuple) else (THE_CLOCK, None) for key in target]
        return tuple((where, name, False) for where, name in keys)
    if mode == END:
        return ((id(target), None, True), (ALL_TASKS, None, True))
    if mode == TIMED_JOIN:
        return ((id(target), None, False), (THE_CLOCK, None, True))
    return _FIXED.get(mode, ())


_FIXED: dict[int, tuple[Effect, ...]] = {
    SLEEP: ((THE_CLOCK, None, True),),
    CLOCK: ((THE_CLOCK, None, False),),
    DEADLINE: ((THE_CLOCK, None, False),),
    FINISH: ((ALL_TASKS, None, False),),
}


def conflict(one: Operation, other: Operation) -> bool:
    """Tell whether the order of two operations of different tasks can make a difference."""
    if one[0] <= WRITE and other[0] <= WRITE:
        if one[1] is not other[1] or (one[0] == READ and other[0] == READ):
            return False
        return one[2] == other[2] or one[2] is None or other[2] is None
    return any(
        where == place
        and (changes or alters)
        and (member == name or member is None or name is None)
        and not (changes and alters and place < 0)
        for where, member, changes in effects(one)
        for place, name, alters in effects(other)
    )


class Event:
    """A step of an execution with its clock: `clock[task]` steps of each task happened before it, its own included."""

    __slots__ = ("clock", "index", "mode", "number", "task")

    def __init__(self, index: int, task: int, number: int, mode: int, clock: list[int]) -> None:
        self.index = index
        self.task = task
        self.number = number
        self.mode = mode
        self.clock = clock

    def before(self, clock: Sequence[int]) -> bool:
        return clock[self.task] >= self.number


class _History:
    """What happened at one location: every change, and who looked since the last one."""

    __slots__ = ("changes", "looks")

    def __init__(self) -> None:
        self.changes: list[Event] = []
        self.looks: list[Event] = []


class HappensBefore:
    """The partial order of one execution, built step by step."""

    def __init__(self, tasks: int) -> None:
        self.events: list[Event | None] = []
        self._clocks: list[list[int]] = [[0] * tasks for _ in range(tasks)]
        self._objects: dict[int, dict[Any, _History]] = {}

    def add(self, task: int, operation: Operation, *, races: bool = True) -> tuple[list[Event], list[int]]:
        """Append a step; return the earlier steps that race with it (none unless `races`), and its clock.

        A race: in conflict, ordered by nothing else, and possible in the other order too.
        """
        mode = operation[0]
        clock = self._clocks[task]
        if mode == START:
            self._clocks[operation[1].number] = clock[:]
            self.events.append(None)
            return [], clock
        places = effects(operation)
        racing = self._racing(task, mode, places) if races and mode != AWAIT else []
        for where, member, changes in places:
            for history in self._overlapping(where, member):
                _join(clock, history, where, changes)
        clock[task] += 1
        event = Event(len(self.events), task, clock[task], mode, clock[:])
        self.events.append(event)
        if mode != AWAIT:
            for where, member, changes in places:
                self._note(where, member, changes, event)
        return racing, event.clock

    def announced(self, task: int, operation: Operation) -> tuple[list[Event], list[int]]:
        """Like `add`, for an operation that was never taken: it stays outside the order."""
        if operation[0] == AWAIT:
            return [], self._clocks[task]
        racing = self._racing(task, operation[0], effects(operation))
        clock = self._clocks[task][:]
        for event in racing:
            _merge(clock, event.clock)
        clock[task] += 1
        return racing, clock

    def _overlapping(self, where: int, member: Any) -> Iterable[_History]:
        members = self._objects.get(where)
        if members is None:
            return ()
        if member is None:
            return members.values()
        own, whole = members.get(member), members.get(None)
        if own is None:
            return () if whole is None else (whole,)
        return (own,) if whole is None else (own, whole)

    def _note(self, where: int, member: Any, changes: bool, event: Event) -> None:
        members = self._objects.get(where)
        if members is None:
            members = self._objects[where] = {}
        history = members.get(member)
        if history is None:
            history = members[member] = _History()
        if not changes:
            history.looks.append(event)
            return
        history.changes.append(event)
        if where >= 0 and history.looks:
            history.looks = []

    def _racing(self, task: int, mode: int, places: tuple[Effect, ...]) -> list[Event]:
        clock = self._clocks[task]
        racing: list[Event] = []
        for where, member, changes in places:
            for history in self._overlapping(where, member):
                for event in _candidates(history, where, changes, mode, clock):
                    if event.task != task and event not in racing:
                        racing.append(event)
        return racing


def _join(clock: list[int], history: _History, where: int, changes: bool) -> None:
    """Order a step after those at one of its locations that it conflicts with."""
    if changes:
        for event in history.looks:
            _merge(clock, event.clock)
    if where < 0:
        if not changes:
            for event in history.changes:
                _merge(clock, event.clock)
    elif history.changes:
        # Each change has joined the one before it.
        _merge(clock, history.changes[-1].clock)


def _candidates(history: _History, where: int, changes: bool, mode: int, clock: list[int]) -> Sequence[Event]:
    """Return the steps at one location that a step of a task with `clock` races with."""
    found = [event for event in history.looks if not event.before(clock)] if changes and history.looks else []
    if found and mode in (ACQUIRE, TAKE):
        # Where somebody found the lock held or the queue empty, a blocking operation could not have gone on.
        found = [event for event in found if event.mode != BUSY]
    if where < 0:
        return found if changes else [event for event in history.changes if not event.before(clock)]
    if found:
        return found
    enabler = _ENABLERS.get(mode)
    for event in reversed(history.changes):
        if event.before(clock):
            break
        if event.mode != enabler:
            return (event,)
    return ()


def _merge(clock: list[int], other: list[int]) -> None:
    for task, count in enumerate(other):
        if count > clock[task]:
            clock[task] = count


def initials(events: Sequence[Event | None], race: Event, task: int, clock: list[int]) -> list[int]:
    """Return the tasks that could go on in place of `race` so that the racing step of `task` comes before it.

    These are the weak initials of the steps after `race` that do not depend on it, followed by the racing step.
    """
    first: dict[int, Event] = {}
    for event in events[race.index + 1 :]:
        if event is not None and event.task not in first and not race.before(event.clock):
            first[event.task] = event
    found: list[int] = []
    for number, event in first.items():
        if all(other.task == number or not other.before(event.clock) for other in first.values()):
            found.append(number)
    if task not in first and not any(other.before(clock) for other in first.values()):
        found.append(task)
    return found
