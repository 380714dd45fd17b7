"""Loops that get nowhere: a turn that changes nothing waits until somebody changes what it looked at.

Without this a polling loop has infinitely many interleavings. With it each fruitless turn is tried once for every state
that it can see, as in "Fair stateless model checking" (Musuvathi, Qadeer, PLDI 2008), but without priorities.
"""

from __future__ import annotations

from types import FrameType
from typing import TYPE_CHECKING, Any

from dojo.explore.operations import (
    ACQUIRE,
    AWAIT,
    BUSY,
    CLOCK,
    END,
    JOIN,
    LOOK,
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
    from dojo.explore.task import Task

CHANGES = frozenset({WRITE, ACQUIRE, TRY, RELEASE, PUT, TAKE, TRY_TAKE, END})
Watched = dict[Any, Any]
"""What a fruitless turn looked at: (identity, member) -> the object, and `CLOCK` where it asked for the time."""


def turn(execution: Execution, site: int, frame: FrameType) -> None:
    """Called at the top of every turn of a `while`: let the task wait where the last turn was fruitless."""
    execution.count_turn()
    if execution.solo or execution.abandoning:
        return
    task = execution.current
    values = tuple(frame.f_locals.items())
    before = task.turns.get(site)
    task.turns[site] = (task.progress, frame, values, len(execution.log), execution.clock)
    blocked, task.blocked_since_turn = task.blocked_since_turn, False
    if before is None or blocked:
        return
    progress, same_frame, same_values, since, clock = before
    if progress != task.progress or same_frame is not frame or not _same(same_values, values):
        return
    watched = _watched(execution, task, since)
    if watched is None or (CLOCK in watched and clock != execution.clock):
        return
    task.operation = (AWAIT, watched, None, site)
    execution.disable(task)
    execution.idle.append(task)
    execution.wait_for_turn(task.operation)


def _watched(execution: Execution, task: Task, since: int) -> Watched | None:
    """Return what `task` looked at since then; None where it changed something, or where that has changed again."""
    watched: Watched = {}
    balance: dict[int, int] = {}
    for number, (mode, target, member, _) in execution.log[since:]:
        if number != task.number:
            if mode in CHANGES and any(key != CLOCK and key[0] == id(target) for key in watched):
                return None
        elif mode in (START, JOIN):
            return None
        elif mode in (ACQUIRE, TRY, RELEASE):
            balance[id(target)] = balance.get(id(target), 0) + (-1 if mode == RELEASE else 1)
        elif mode == CLOCK:
            watched[CLOCK] = None
        elif mode == BUSY and balance.get(id(target), 0) > 0:
            # `Condition` tries the lock that it holds, to be sure of it: nobody else decides what comes of that.
            continue
        elif mode in (READ, LOOK, BUSY, TIMED_JOIN):
            watched[id(target), member if mode == READ else None] = target
    # A lock taken for good, or let go for good, is progress.
    return None if any(balance.values()) else watched


def rouse(execution: Execution, target: Any, member: Any) -> None:
    """Somebody changed `target`: whoever looped over its old state may look again."""
    for task in list(execution.idle):
        watched = task.operation[1]
        if target is CLOCK:
            hit = CLOCK in watched
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


def _same(before: tuple[tuple[str, Any], ...], now: tuple[tuple[str, Any], ...]) -> bool:
    return len(before) == len(now) and all(a[0] == b[0] and a[1] is b[1] for a, b in zip(before, now, strict=True))
