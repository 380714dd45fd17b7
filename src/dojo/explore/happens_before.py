"""What happens before what in one execution, and which pairs of its steps race.

Vector clocks over the conflicts of one execution, after Flanagan and Godefroid, "Dynamic partial-order reduction for
model checking software" (POPL 2005), and Abdulla, Aronis, Jonsson and Sagonas, "Optimal dynamic partial order
reduction" (POPL 2014), whose notion of a reversible race `add` computes.

A depth-first search changes the end of an execution most of the time. So the order is kept, and taken back only as far
as the next execution differs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any

from dojo.explore.dependence import ALL_TASKS, ON_ONE_OBJECT, THE_CLOCK, effects
from dojo.explore.operations import ACQUIRE, AWAIT, BUSY, END, JOIN, PUT, RELEASE, START, TAKE, TIMED, Operation

_ENABLERS = {ACQUIRE: RELEASE, TAKE: PUT, JOIN: END}
"""A blocking operation and the one that lets it go on: the first could not have come before the second."""

Log = Sequence[tuple[int, Operation]]


class Event:
    """A step of an execution with its clock: `clock[task]` steps of each task happened before it, its own included."""

    __slots__ = ("clock", "index", "known", "mode", "number", "task")

    def __init__(self, index: int, task: int, mode: int, known: list[int]) -> None:
        self.index = index
        self.task = task
        self.mode = mode
        self.known = known
        """The clock of its task before it took the step."""
        self.clock = known[:]
        self.number = self.clock[task] = known[task] + 1

    def before(self, clock: Sequence[int]) -> bool:
        return clock[self.task] >= self.number


class _History:
    """What happened at one location: every change, every look, and where the looks since the last change begin."""

    __slots__ = ("changes", "looks", "since")

    def __init__(self) -> None:
        self.changes: list[Event] = []
        self.looks: list[Event] = []
        self.since = 0


_Place = dict[Any, _History]
"""An object, or one of the places that are none: member -> what happened there."""
_Act = tuple[_Place, Any, bool, bool, bool]
"""What a step does at one place: to which member, whether it changes it, whether two changes have no order, and whether
it races with every change before it."""
_Note = tuple[_History, int | None]
"""Where a step was noted: a look (None), or a change, with where the looks began before it."""


class HappensBefore:
    """The partial order of one execution, built step by step."""

    def __init__(self, tasks: int = 0, *, every: bool = False) -> None:
        self.every = every
        """A step races with all changes that are not ordered before it, and not with the last of them alone."""
        self.events: list[Event | None] = []
        self._clocks: list[list[int]] = [[0] * tasks for _ in range(tasks)]
        """Of each task, that of its last step; never changed in place."""
        self._global: dict[int, _Place] = {THE_CLOCK: {}, ALL_TASKS: {}}
        self._places: dict[int, _Place] = {**self._global}
        """By the identity of the object, which is another one in every execution."""
        self._first_seen: list[tuple[int, int, _Place]] = []
        """For each object the step that it appeared in, the place among the effects of that step, and its histories."""
        self._undo: list[tuple[int, list[int], Sequence[_Note]]] = []
        """Of each step: a task, the clock that it had before, and where the step was noted."""

    def resume(self, tasks: int, log: Log, kept: int) -> int:
        """Take back all but the first `kept` steps, which `log` begins with too; return how many are known now."""
        if tasks > len(self._clocks):
            # Clocks have a place for every task.
            self.__init__(tasks, every=self.every)  # type: ignore[misc]
            return 0
        while len(self.events) > kept:
            self.events.pop()
            task, self._clocks[task], notes = self._undo.pop()
            for history, since in notes:
                if since is None:
                    history.looks.pop()
                else:
                    history.changes.pop()
                    history.since = since
        first_seen = self._first_seen
        while first_seen and first_seen[-1][0] >= kept:
            first_seen.pop()
        # The same objects as before, made anew by another execution.
        self._places = {_identity(log[index][1], position): place for index, position, place in first_seen}
        self._places.update(self._global)
        return len(self.events)

    def add(self, task: int, operation: Operation, *, races: bool = True) -> tuple[list[Event], list[int]]:
        """Append a step; return the earlier steps that race with it (none unless `races`), and its clock.

        A race: in conflict, ordered by nothing else, and possible in the other order too.
        """
        mode, target, member, _ = operation
        before = self._clocks[task]
        if mode == START:
            child = target.number
            self._undo.append((child, self._clocks[child], ()))
            self._clocks[child] = before
            self.events.append(None)
            return [], before
        event = Event(len(self.events), task, mode, before)
        racing: list[Event] = []
        changes = ON_ONE_OBJECT.get(mode)
        if changes is not None and member is not TIMED:
            # The same as below, for nearly all steps that there are.
            act = (self._place(id(target), 0), member, changes, False, self.every)
            for history in _overlapping(act):
                _meet(history, act, event, racing)
            notes = [_note(act, event)]
        else:
            acts = self._acts(operation)
            _meet_all(acts, event, racing)
            # A loop that waits looks at what it has looked at already: it comes after that, and nothing comes after it.
            notes = [] if mode == AWAIT else [_note(act, event) for act in acts]
        self._clocks[task] = event.clock
        self._undo.append((task, before, notes))
        self.events.append(event)
        return racing if races and mode != AWAIT else [], event.clock

    def announced(self, task: int, operation: Operation) -> tuple[list[Event], list[int]]:
        """Like `add`, for an operation that was never taken: it stays outside the order."""
        if operation[0] == AWAIT:
            return [], self._clocks[task]
        event = Event(len(self.events), task, operation[0], self._clocks[task])
        racing: list[Event] = []
        _meet_all(self._acts(operation), event, racing)
        return racing, event.clock

    def _acts(self, operation: Operation) -> Sequence[_Act]:
        return [
            (self._place(where, position), member, changes, where < 0, self.every)
            for position, (where, member, changes) in enumerate(effects(operation))
        ]

    def _place(self, where: int, position: int) -> _Place:
        place = self._places.get(where)
        if place is None:
            place = self._places[where] = {}
            self._first_seen.append((len(self.events), position, place))
        return place


def racing_steps(log: Log, tasks: int) -> list[int]:
    """Return the places in the log of an execution with so many tasks at which steps stand that race, in order."""
    order = HappensBefore(tasks)
    found: set[int] = set()
    for index, (number, operation) in enumerate(log):
        racing, _ = order.add(number, operation)
        if racing:
            found.add(index)
            found.update(event.index for event in racing)
    return sorted(found)


def _identity(operation: Operation, position: int) -> int:
    """Return the identity of the object that an operation acts on, at that place among its effects."""
    if position == 0 and operation[0] != AWAIT:
        return id(operation[1])
    return effects(operation)[position][0]


def _overlapping(act: _Act) -> Iterable[_History]:
    place, member = act[:2]
    if member is None:
        return place.values()
    own, whole = place.get(member), place.get(None)
    if own is None:
        return () if whole is None else (whole,)
    return (own,) if whole is None else (own, whole)


def _meet_all(acts: Sequence[_Act], event: Event, racing: list[Event]) -> None:
    for act in acts:
        for history in _overlapping(act):
            _meet(history, act, event, racing)


def _meet(history: _History, act: _Act, event: Event, racing: list[Event]) -> None:
    """Order a step after those at one of its locations that it conflicts with, and add those that it races with."""
    _, _, changes, commutes, every = act
    known, found = event.known, False
    if changes and history.since < len(history.looks):
        for look in history.looks[history.since :]:
            if known[look.task] < look.number:
                _merge(event.clock, look.clock)
                # Where somebody found the lock held or the queue empty, a blocking operation could not have gone on.
                if not (look.mode == BUSY and event.mode in _ENABLERS):
                    found = True
                    if look not in racing:
                        racing.append(look)
    if not commutes:
        if history.changes:
            if every:
                # Each change has joined the one before it: who knows of one knows of all before.
                first = bisect_left(history.changes, True, key=lambda change: known[change.task] < change.number)
                unknown = history.changes[first:][::-1]
                racing.extend([change for change in unknown if change not in racing] if racing else unknown)
            _meet_last_change(history.changes, event, None if found or every else racing)
    elif not changes:
        for change in history.changes:
            if known[change.task] < change.number:
                _merge(event.clock, change.clock)
                if change not in racing:
                    racing.append(change)


def _meet_last_change(changes: list[Event], event: Event, racing: list[Event] | None) -> None:
    last, known = changes[-1], event.known
    if known[last.task] >= last.number:
        return
    # Each change has joined the one before it.
    _merge(event.clock, last.clock)
    if racing is None:
        return
    enabler = _ENABLERS.get(event.mode)
    for change in reversed(changes):
        if known[change.task] >= change.number or change in racing:
            return
        if change.mode != enabler:
            racing.append(change)
            return


def _note(act: _Act, event: Event) -> _Note:
    place, member, changes, commutes, _ = act
    history = place.get(member)
    if history is None:
        history = place[member] = _History()
    if not changes:
        history.looks.append(event)
        return history, None
    history.changes.append(event)
    since = history.since
    if not commutes:
        history.since = len(history.looks)
    return history, since


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
