"""Loops that get nowhere: a turn that changes nothing waits until somebody changes what it looked at.

Without this a polling loop has infinitely many interleavings. With it each fruitless turn is tried once for every state
that it can see, as in "Fair stateless model checking" (Musuvathi, Qadeer, PLDI 2008), but without priorities.
"""

from __future__ import annotations

from inspect import CO_OPTIMIZED
from types import FrameType
from typing import TYPE_CHECKING, Any, NamedTuple

from dojo.explore.dependence import ALL_TASKS
from dojo.explore.operations import (
    ACQUIRE,
    AWAIT,
    BUSY,
    CENSUS,
    CLOCK,
    END,
    JOIN,
    LOOK,
    NO_SITE,
    PUT,
    READ,
    RELEASE,
    START,
    TAKE,
    TIMED_JOIN,
    TRY,
    TRY_TAKE,
    WRITE,
)

if TYPE_CHECKING:
    from dojo.explore.execution import Execution
    from dojo.explore.lifetimes import Lifetimes
    from dojo.explore.task import Task

CHANGES = frozenset({WRITE, ACQUIRE, TRY, RELEASE, PUT, TAKE, TRY_TAKE, END})
Values = tuple[tuple[str, Any], ...]
Watched = dict[Any, Any]
"""What a fruitless turn looked at: (identity, member) -> the object, `CLOCK` where it asked for the time, and
`WHO_IS_ALIVE` where it asked for that."""
WHO_IS_ALIVE = (ALL_TASKS, None)


def turn(execution: Execution, site: int, frame: FrameType) -> None:
    """Called at the top of every turn of a `while`: let the task wait where the last turn was fruitless."""
    execution.count_turn()
    if execution.solo or execution.abandoning:
        return
    task = execution.current
    values = tuple(frame.f_locals.items())
    here: Any = frame
    if execution.lifetimes is not None:
        here, values = _marked(execution.lifetimes, frame, values)
    before = task.turns.get(site)
    task.turns[site] = (task.progress, here, values, len(execution.log), execution.clock)
    blocked, task.blocked_since_turn, task.weary = task.blocked_since_turn, False, None
    if before is None or blocked:
        return
    progress, same_frame, same_values, since, clock = before
    if progress != task.progress or same_frame is not here or not _same(same_values, values):
        return
    looks = _looks(execution, task, since)
    if looks.stale or any(looks.balance.values()) or (CLOCK in looks.watched and clock != execution.clock):
        return
    if looks.let_go:
        # Others need what it holds here, and had it in the middle of the turn: there it waits.
        task.weary = Weary(since, progress, looks.let_go)
    else:
        _wait(execution, task, looks.watched, site)


def _marked(lifetimes: Lifetimes, frame: FrameType, values: Values) -> tuple[Any, Values]:
    """Return what stands for the frame and for the values of its variables: a turn must not keep them alive."""
    if frame.f_code.co_flags & CO_OPTIMIZED and type(frame.f_locals) is dict:
        # Until 3.12 a copy of the variables stays with the frame.
        frame.f_locals.clear()
    return lifetimes.marker_of(frame), tuple((name, lifetimes.marker_of(value)) for name, value in values)


def rest(execution: Execution, lock: Any) -> None:
    """Called when the current task has let go of `lock`: here waits whose last turn was fruitless and did the same."""
    task = execution.current
    weary = task.weary
    if weary is None or id(lock) not in weary.let_go or execution.solo or execution.abandoning:
        return
    task.weary = None
    looks = _looks(execution, task, weary.since)
    if looks.stale or CLOCK in looks.watched or weary.progress != task.progress:
        return
    watched = {key: target for key, target in looks.watched.items() if key[0] not in weary.let_go}
    # Whoever wakes it with `notify` releases the lock that `Condition` has made for it.
    watched |= {(id(held), None): held for held in task.holding}
    _wait(execution, task, watched, NO_SITE)


class Weary(NamedTuple):
    """A task whose last turn was fruitless, and let go in the middle of what it holds at the top."""

    since: int
    progress: int
    let_go: frozenset[int]


class _Looks(NamedTuple):
    watched: Watched
    stale: bool
    """The task changed something, or something has changed again since it looked."""
    balance: dict[int, int]
    """Of each lock: how often it was taken more than let go."""
    let_go: frozenset[int]
    """The locks that it held at first, and did not hold all the time."""


def _wait(execution: Execution, task: Task, watched: Watched, site: int) -> None:
    task.operation = (AWAIT, watched, None, site)
    execution.disable(task)
    execution.idle.append(task)
    if execution.rules.no_spinning:
        execution.finish("spinning")
    execution.wait_for_turn(task.operation)


def _looks(execution: Execution, task: Task, since: int) -> _Looks:
    """Return what `task` looked at since then."""
    watched: Watched = {}
    balance: dict[int, int] = {}
    let_go: set[int] = set()
    stale = False
    for number, (mode, target, member, _) in execution.log[since:]:
        where = id(target)
        if number != task.number:
            stale |= mode in CHANGES and any(key != CLOCK and key[0] == where for key in watched)
            stale |= mode in (START, END) and WHO_IS_ALIVE in watched
        elif mode in (START, JOIN):
            stale = True
        elif mode in (ACQUIRE, TRY, RELEASE):
            balance[where] = balance.get(where, 0) + (-1 if mode == RELEASE else 1)
            if balance[where] < 0:
                let_go.add(where)
        elif mode == CLOCK:
            watched[CLOCK] = None
        elif mode == CENSUS:
            watched[WHO_IS_ALIVE] = None
        elif mode == BUSY and (balance.get(where, 0) > 0 or target in task.holding):
            # `Condition` tries the lock that it holds, to be sure of it: nobody else decides what comes of that.
            continue
        elif mode in (READ, LOOK, BUSY, TIMED_JOIN):
            watched[where, member if mode == READ else None] = target
    return _Looks(watched, stale, balance, frozenset(let_go))


def rouse(execution: Execution, target: Any, member: Any) -> None:
    """Somebody changed `target`: whoever looped over its old state may look again."""
    for task in list(execution.idle):
        watched = task.operation[1]
        if target is CLOCK or target is WHO_IS_ALIVE:
            hit = target in watched
        else:
            where = id(target)
            hit = (where, member) in watched or (where, None) in watched
            hit = hit or (member is None and any(key != CLOCK and key[0] == where for key in watched))
        if hit:
            execution.idle.remove(task)
            execution.enable(task)


def let_time_pass(execution: Execution) -> bool:
    """Nobody can go on: if a loop watches the clock, move the clock on; else return False."""
    watchers = [task for task in execution.idle if CLOCK in task.operation[1]]
    if not watchers or execution.patience > 1e9:
        return False
    execution.patience *= 2
    execution.clock += execution.patience
    for task in watchers:
        execution.idle.remove(task)
        execution.enable(task)
    return True


def _same(before: Values, now: Values) -> bool:
    return len(before) == len(now) and all(a[0] == b[0] and a[1] is b[1] for a, b in zip(before, now, strict=True))
