"""Random strategies: each execution draws its schedule anew; the same seed draws the same ones.

They claim nothing, but find what lies deep: POS on most programs, SURW with many threads, PCT in long runs of one.
"""

from __future__ import annotations

import math
import random
from collections import Counter

from dojo.explore.dependence import conflict
from dojo.explore.execution import Execution
from dojo.explore.happens_before import racing_steps
from dojo.explore.lifetimes import Marker
from dojo.explore.operations import BEGIN, END, FINISH, JOIN, START, Operation
from dojo.explore.task import Task


def _candidates(execution: Execution, generator: random.Random) -> list[Task]:
    """Return the tasks that are ready, now and then also those that wait for the clock."""
    runnable = execution.runnable
    for task in runnable:
        if task.timed:
            break
    else:
        return runnable
    ready = [task for task in runnable if not task.timed]
    return runnable if not ready or generator.random() < 0.1 else ready


class RandomWalk:
    """At every step each task that may go on is as likely as any other."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def begin(self) -> bool:
        return True

    def choose(self, execution: Execution) -> Task:
        if execution.picking is not None:
            return self._random.choice(execution.runnable)
        candidates = _candidates(execution, self._random)
        # Several times as fast as `Random.choice`, and as even as a random float can be.
        return candidates[int(self._random.random() * len(candidates))]

    def end(self, execution: Execution) -> None:
        pass


class PartialOrderSampling:
    """Every announced operation has a random priority; the highest goes on, and what conflicts with it draws anew.

    Yuan, Yang, Gu, "Partial order aware concurrency sampling" (CAV 2018).
    """

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._priorities: dict[int, float] = {}
        self._last: tuple[int, Operation] | None = None

    def begin(self) -> bool:
        self._priorities = {}
        self._last = None
        return True

    def choose(self, execution: Execution) -> Task:
        if execution.picking is not None:
            return self._random.choice(execution.runnable)
        priorities = self._priorities
        if self._last is not None:
            number, operation = self._last
            priorities.pop(number, None)
            for task in execution.runnable:
                if task.number != number and conflict(task.operation, operation):
                    priorities.pop(task.number, None)
        candidates = _candidates(execution, self._random)
        for task in execution.runnable:
            if task.number not in priorities:
                priorities[task.number] = self._random.random()
        chosen = max(candidates, key=lambda task: priorities[task.number])
        self._last = (chosen.number, chosen.operation)
        return chosen

    def end(self, execution: Execution) -> None:
        pass


class Pct:
    """Random priorities that change at a few random moments; a task that spins falls to the lowest.

    Burckhardt, Kothari, Musuvathi, Nagarakatte, "A randomized scheduler with probabilistic guarantees of finding bugs"
    (ASPLOS 2010), with `depth` - 1 change points.
    """

    def __init__(self, seed: int, depth: int = 3) -> None:
        self._random = random.Random(seed)
        self._depth = depth
        self._length = 20
        self._priorities: dict[int, float] = {}
        self._changes: dict[int, float] = {}
        self._decisions = 0
        self._forced = 0
        self._last = -1

    def begin(self) -> bool:
        self._priorities, self._decisions = {}, 0
        self._forced, self._last = 0, -1
        moments = self._random.sample(range(max(self._length, self._depth)), self._depth - 1)
        # Below every initial priority, which is drawn from [1, 2).
        self._changes = {moment: rank / self._depth for rank, moment in enumerate(moments)}
        return True

    def choose(self, execution: Execution) -> Task:
        if execution.picking is not None:
            return self._random.choice(execution.runnable)
        priorities = self._priorities
        if len(priorities) < len(execution.tasks):
            for task in execution.runnable:
                if task.number not in priorities:
                    priorities[task.number] = 1 + self._random.random()
        if execution.forced > self._forced:
            # Whoever went on all the time starved somebody.
            self._forced = execution.forced
            priorities[self._last] = min(priorities.values()) - 1
        chosen = self._highest(execution)
        if self._decisions in self._changes:
            priorities[chosen.number] = self._changes[self._decisions]
            chosen = self._highest(execution)
        self._decisions += 1
        self._last = chosen.number
        return chosen

    def _highest(self, execution: Execution) -> Task:
        candidates = _candidates(execution, self._random)
        chosen, highest = candidates[0], -math.inf
        for task in candidates:
            priority = self._priorities[task.number]
            if priority > highest:
                chosen, highest = task, priority
        return chosen

    def end(self, execution: Execution) -> None:
        self._length = max(self._length, self._decisions)


Kind = tuple[str, str]
PROFILED = 3
"""Executions in which `Surw` looks for what is contested."""


class Surw:
    """The next task to touch something interesting is drawn in proportion to how often each task still will.

    Zhao, Wolff, Mathur, Roychoudhury, "Selectively uniform concurrency testing" (ASPLOS 2025). What counts as
    interesting is drawn anew for each execution: one place, or one kind of object, at which steps raced before.
    """

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._contested: set[Kind] = set()
        self._counts: dict[Kind, Counter[int]] = {}
        self._interesting: Kind | None = None
        self._left: Counter[int] = Counter()
        self._intended: int | None = None
        self._seen = 0
        self._ended = 0

    def begin(self) -> bool:
        contested = sorted(self._contested)
        self._interesting = self._random.choice(contested) if contested else None
        self._left = Counter(self._counts.get(self._interesting, Counter())) if self._interesting else Counter()
        self._intended, self._seen = None, 0
        return True

    def choose(self, execution: Execution) -> Task:
        if execution.picking is not None:
            return self._random.choice(execution.runnable)
        for number, operation in execution.log[self._seen :]:
            if self._is_interesting(operation):
                self._left[number] -= 1
                self._intended = None
        self._seen = len(execution.log)
        if self._intended is None:
            self._intended = self._draw()
        candidates = _candidates(execution, self._random)
        free = [task for task in candidates if not self._is_interesting(task.operation)]
        for task in candidates:
            if task.number == self._intended:
                return task
        # The intended task has not been started yet, or waits: the others go on as far as nothing interesting happens.
        if not free:
            self._intended = None
        return self._random.choice(free or candidates)

    def _is_interesting(self, operation: Operation) -> bool:
        wanted = self._interesting
        return wanted is not None and wanted in kinds_of(operation)

    def _draw(self) -> int | None:
        numbers = [number for number, left in sorted(self._left.items()) if left > 0]
        if not numbers:
            return None
        return self._random.choices(numbers, [self._left[number] for number in numbers])[0]

    def end(self, execution: Execution) -> None:
        if self._ended < PROFILED:
            self._contested |= _contested_in(execution)
        self._ended += 1
        seen: dict[Kind, Counter[int]] = {}
        for number, operation in execution.log:
            for kind in kinds_of(operation):
                if kind in self._contested:
                    seen.setdefault(kind, Counter())[number] += 1
        for kind, counts in seen.items():
            known = self._counts.setdefault(kind, Counter())
            for number, count in counts.items():
                known[number] = max(known[number], count)


def kinds_of(operation: Operation) -> tuple[Kind, Kind]:
    """Name the place of an operation so that executions can be compared: by type and member, and by type alone."""
    target = operation[1]
    name = target.kind if type(target) is Marker else type(target).__name__
    return (name, str(operation[2])), (name, "")


def _contested_in(execution: Execution) -> set[Kind]:
    """Return the kinds of places at which two steps raced; the type alone only where it has several members."""
    racing = [execution.log[index][1] for index in racing_steps(execution.log, len(execution.tasks))]
    places = {kinds_of(step)[0] for step in racing if step[0] not in (BEGIN, END, START, FINISH, JOIN)}
    members = Counter(name for name, _ in places)
    return places | {(name, "") for name, count in members.items() if count > 1}


class BurstyRoundRobin:
    """Tasks take turns; each goes on for a random number of steps."""

    def __init__(self, seed: int, longest: int = 6) -> None:
        self._random = random.Random(seed)
        self._longest = longest
        self._left = 0
        self._current = -1

    def begin(self) -> bool:
        self._left, self._current = 0, -1
        return True

    def choose(self, execution: Execution) -> Task:
        if execution.picking is not None:
            return self._random.choice(execution.runnable)
        candidates = _candidates(execution, self._random)
        if self._left > 0:
            for task in candidates:
                if task.number == self._current:
                    self._left -= 1
                    return task
        later = [task for task in candidates if task.number > self._current]
        chosen = (later or candidates)[0]
        self._current, self._left = chosen.number, self._random.randrange(self._longest)
        return chosen

    def end(self, execution: Execution) -> None:
        pass
