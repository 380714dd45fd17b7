"""Which operations conflict, what happens before what, and which pairs of steps race.

Vector clocks over the conflicts of one execution, after Flanagan and Godefroid, "Dynamic partial-order reduction for
model checking software" (POPL 2005), and Abdulla, Aronis, Jonsson and Sagonas, "Optimal dynamic partial order
reduction" (POPL 2014), whose notion of a reversible race `races` computes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dojo.explore.operations import (
    ACQUIRE,
    AWAIT,
    BUSY,
    CLOCK,
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

Location = tuple[int, Any]
Effect = tuple[Location, bool]
"""Where an operation acts, and whether it changes something there."""

THE_CLOCK: Location = (0, "clock")
ALL_TASKS: Location = (0, "tasks")
_COMMUTING = (THE_CLOCK, ALL_TASKS)
"""Two changes of these commute; only who looks at them notices."""
_ENABLERS = {ACQUIRE: RELEASE, TAKE: PUT, JOIN: END}
"""A blocking operation and the one that lets it go on: where they meet in this order, they could not have met in the other."""


def effects(operation: Operation) -> tuple[Effect, ...]:
    """Return where `operation` acts; two operations conflict where one of them changes what both act on."""
    mode, target, member, _ = operation
    if mode <= WRITE:
        return (((id(target), member), mode == WRITE),)
    if mode in (ACQUIRE, RELEASE, PUT, TAKE):
        return (((id(target), None), True),)
    if mode in (TRY, TRY_TAKE):
        place = ((id(target), None), True)
        return (place, (THE_CLOCK, True)) if member == TIMED else (place,)
    if mode == BUSY and member == TIMED:
        return (((id(target), None), False), (THE_CLOCK, True))
    if mode in (LOOK, JOIN, BUSY):
        return (((id(target), None), False),)
    if mode == END:
        return (((id(target), None), True), (ALL_TASKS, True))
    if mode == TIMED_JOIN:
        return (((id(target), None), False), (THE_CLOCK, True))
    if mode == SLEEP:
        return ((THE_CLOCK, True),)
    if mode == CLOCK:
        return ((THE_CLOCK, False),)
    if mode == FINISH:
        return ((ALL_TASKS, False),)
    if mode == AWAIT:
        return tuple((key if isinstance(key, tuple) else THE_CLOCK, False) for key in target)
    return ()


def conflict(one: Operation, other: Operation) -> bool:
    """Tell whether the order of two operations of different tasks can make a difference."""
    if one[0] <= WRITE and other[0] <= WRITE:
        if one[1] is not other[1] or (one[0] == READ and other[0] == READ):
            return False
        return one[2] == other[2] or one[2] is None or other[2] is None
    for (place, member), changes in effects(one):
        for (where, name), alters in effects(other):
            if place == where and (changes or alters) and (member == name or member is None or name is None):
                if not (changes and alters and (place, member) in _COMMUTING):
                    return True
    return False


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
        self._histories: dict[Location, _History] = {}
        self._members: dict[int, list[Location]] = {}

    def add(self, task: int, operation: Operation) -> tuple[list[Event], list[int]]:
        """Append a step; return the earlier steps that race with it, and its clock.

        A race: in conflict, ordered by nothing else, and possible in the other order too.
        """
        mode = operation[0]
        clock = self._clocks[task]
        if mode == START:
            self._clocks[operation[1].number] = clock[:]
            self.events.append(None)
            return [], clock
        places = effects(operation)
        racing = self._racing(task, mode, places)
        for place, changes in places:
            for history in self._overlapping(place):
                self._join(clock, history, place, changes)
        clock[task] += 1
        event = Event(len(self.events), task, clock[task], mode, clock[:])
        self.events.append(event)
        if mode != AWAIT:
            for place, changes in places:
                self._note(place, changes, event)
        return racing, event.clock

    def announced(self, task: int, operation: Operation) -> tuple[list[Event], list[int]]:
        """Like `add`, for an operation that was never taken: it stays outside the order."""
        racing = self._racing(task, operation[0], effects(operation))
        clock = self._clocks[task][:]
        for event in racing:
            _merge(clock, event.clock)
        clock[task] += 1
        return racing, clock

    def _overlapping(self, place: Location) -> Iterator[_History]:
        where, member = place
        if member is None:
            for known in self._members.get(where, ()):
                yield self._histories[known]
            return
        for candidate in (place, (where, None)):
            history = self._histories.get(candidate)
            if history is not None:
                yield history

    def _join(self, clock: list[int], history: _History, place: Location, changes: bool) -> None:
        if changes:
            for event in history.looks:
                _merge(clock, event.clock)
        if place in _COMMUTING:
            if not changes:
                for event in history.changes:
                    _merge(clock, event.clock)
        elif history.changes:
            # Each change has joined the one before it.
            _merge(clock, history.changes[-1].clock)

    def _note(self, place: Location, changes: bool, event: Event) -> None:
        history = self._histories.get(place)
        if history is None:
            history = self._histories[place] = _History()
            self._members.setdefault(place[0], []).append(place)
        if not changes:
            history.looks.append(event)
            return
        history.changes.append(event)
        if place not in _COMMUTING:
            history.looks = []

    def _racing(self, task: int, mode: int, places: tuple[Effect, ...]) -> list[Event]:
        if mode == AWAIT:
            return []
        clock = self._clocks[task]
        racing: list[Event] = []
        for place, changes in places:
            for history in self._overlapping(place):
                for event in _candidates(history, place, changes, mode, clock):
                    if event.task != task and event not in racing:
                        racing.append(event)
        return racing


def _candidates(history: _History, place: Location, changes: bool, mode: int, clock: list[int]) -> list[Event]:
    found = [event for event in history.looks if not event.before(clock)] if changes else []
    if mode in (ACQUIRE, TAKE):
        # Where somebody found the lock held or the queue empty, a blocking operation could not have gone on.
        found = [event for event in found if event.mode != BUSY]
    if place in _COMMUTING:
        return found if changes else [event for event in history.changes if not event.before(clock)]
    if found:
        return found
    enabler = _ENABLERS.get(mode)
    for event in reversed(history.changes):
        if event.before(clock):
            return []
        if event.mode != enabler:
            return [event]
    return []


def _merge(clock: list[int], other: list[int]) -> None:
    for task, count in enumerate(other):
        if count > clock[task]:
            clock[task] = count


def initials(events: Sequence[Event | None], race: Event, task: int, clock: list[int]) -> list[int]:
    """Return the tasks that could begin in place of `race` so that the racing step of `task` (with `clock`) comes first.

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
