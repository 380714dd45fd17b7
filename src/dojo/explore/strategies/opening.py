"""The executions a search begins with: one in which everybody goes on in step, then some in which one task is late.

They claim nothing. Most mistakes are about what happens while a task is in the middle of something: in step all are in
the middle at once, with a delay one is, while the others do all that they have to do. Delays at steps that are known to
race are the idea of Sen, "Race directed random testing of concurrent programs" (PLDI 2008); Emmi, Qadeer and Rakamaric,
"Delay-bounded scheduling" (POPL 2011), show how few of them most mistakes need.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from dojo.explore.dependence import ON_ONE_OBJECT, effects
from dojo.explore.execution import Execution
from dojo.explore.happens_before import racing_steps
from dojo.explore.operations import ACQUIRE, BEGIN, JOIN, NOTHING_YET, READ, RELEASE, START, WRITE, Operation
from dojo.explore.task import Task

_CONTESTABLE = ON_ONE_OBJECT.keys() - {RELEASE, JOIN}
_ON_THE_WAY = frozenset({READ, START, JOIN})
"""Steps of a scenario that has not let all others begin yet."""


class InStep:
    """Everybody takes a step in turn, those who were started last first; afterwards `contested` tells what raced.

    The scenario itself goes on while it can, so that all begin together. To look comes before to change: who is about
    to write waits until everybody has read who is about to. Each task's first wait for the clock is over at once.
    """

    def __init__(self) -> None:
        self.contested: dict[int, list[int]] = {}
        """Of each task but the first: which of its own steps, counted from 0, are at places where steps raced."""
        self._looked: dict[int, set[tuple[int, object]]] = {}
        """Of who is about to write: who looked at what since."""
        self._last: dict[int, Operation] = {}
        self._seen = 0
        self._waited: set[int] = set()

    def begin(self) -> bool:
        self._looked, self._last, self._seen, self._waited = {}, {}, 0, set()
        return True

    def choose(self, execution: Execution) -> Task:
        runnable = execution.runnable
        if execution.picking is not None:
            return runnable[0]
        self._last.update(execution.log[self._seen :])
        self._seen = len(execution.log)
        for task in runnable:
            if task.timed and task.number not in self._waited:
                self._waited.add(task.number)
                return task
        candidates = _ready(runnable)
        chosen = self._in_turn(execution.current, candidates)
        if chosen.operation[0] == WRITE:
            for task in _from(chosen.number, candidates):
                if self._looks_first(task, chosen):
                    return task
            self._looked.pop(chosen.number, None)
        return chosen

    def _in_turn(self, current: Task, candidates: list[Task]) -> Task:
        if candidates[0].number == 0:
            return candidates[0]
        if current in candidates and self._has_acquired(current):
            return current
        return next(_from(current.number, candidates), current)

    def _has_acquired(self, task: Task) -> bool:
        """Tell whether it has just taken a lock and asks for no other: to take it is no step of its own."""
        return self._last.get(task.number, NOTHING_YET)[0] == ACQUIRE and task.operation[0] != ACQUIRE

    def _looks_first(self, task: Task, writer: Task) -> bool:
        """Tell whether `task` is to begin, or to look at a member, before `writer` changes the object: once each."""
        mode, target, member, _ = task.operation
        if mode != BEGIN and (mode != READ or target is not writer.operation[1]):
            return False
        wrote, where, what, _ = self._last.get(task.number, NOTHING_YET)
        if (wrote, what) == (WRITE, member) and where is target:
            # It would see what it wrote: it is worth more to let somebody come between.
            return False
        looked = self._looked.setdefault(writer.number, set())
        if (task.number, member) in looked:
            return False
        looked.add((task.number, member))
        return True

    def end(self, execution: Execution) -> None:
        log = execution.log
        racing = racing_steps(log, len(execution.tasks))
        places = {_place_of(log[index][1]) for index in racing if log[index][1][0] in _CONTESTABLE}
        self.contested = {}
        taken = [0] * len(execution.tasks)
        for number, operation in log:
            if number and operation[0] in _CONTESTABLE and _place_of(operation) in places:
                self.contested.setdefault(number, []).append(taken[number])
            taken[number] += 1


class Delay(NamedTuple):
    """Who is late: the first, second, ... (or -1: last) of the tasks that race, before which of its contested steps."""

    whose: int
    before: int


DELAYS = (Delay(0, 1), Delay(-1, 0), Delay(1, 1))
"""One in the middle of what it does, one before it does anything, another one in the middle."""


class Late:
    """One task goes on alone up to a contested step, and takes it when nobody else can go on any more.

    The others run to their end one after another, those who were started last first.
    """

    def __init__(self, delay: Delay, known: InStep) -> None:
        self._delay = delay
        self._known = known
        self._late, self._free, self._seen = -1, 0, 0

    def begin(self) -> bool:
        """Look for the step; False: no task has as many."""
        contested = self._known.contested
        whose, before = self._delay
        if not -len(contested) <= whose < len(contested):
            return False
        self._late = sorted(contested)[whose]
        steps = contested[self._late]
        if before >= len(steps):
            return False
        self._free, self._seen = steps[before], 0
        return True

    def choose(self, execution: Execution) -> Task:
        if execution.picking is not None:
            return execution.runnable[0]
        self._free -= sum(number == self._late for number, _ in execution.log[self._seen :])
        self._seen = len(execution.log)
        candidates = _ready(execution.runnable)
        if candidates[0].number == 0 and candidates[0].operation[0] in _ON_THE_WAY:
            return candidates[0]
        late = next((task for task in candidates if task.number == self._late), None)
        if late is not None and (self._free > 0 or len(candidates) == 1):
            return late
        if execution.current in candidates and execution.current is not late:
            return execution.current
        return next(task for task in reversed(candidates) if task is not late)

    def end(self, execution: Execution) -> None:
        pass


def _ready(runnable: list[Task]) -> list[Task]:
    """Return who can go on without waiting for the clock, if anybody can."""
    return [task for task in runnable if not task.timed] or runnable


def _from(number: int, candidates: list[Task]) -> Iterator[Task]:
    """Go through the other candidates in the order of their turns, those after `number` first."""
    yield from (task for task in reversed(candidates) if task.number < number)
    yield from (task for task in reversed(candidates) if task.number > number)


def _place_of(operation: Operation) -> tuple[int, object]:
    where, member, _ = effects(operation)[0]
    return where, member
