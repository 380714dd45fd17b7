"""Which operations conflict: whose order can make a difference."""

from __future__ import annotations

from typing import Any

from dojo.explore.operations import (
    ACQUIRE,
    AWAIT,
    BUSY,
    CENSUS,
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
    CENSUS: ((ALL_TASKS, None, False),),
}


ON_ONE_OBJECT = {READ: False, WRITE: True, **dict.fromkeys(_ONE_CHANGE, True), **dict.fromkeys(_ONE_LOOK, False)}
"""Operations that no other of them meets but at one object: to look at the clock is not among them."""


def conflict(one: Operation, other: Operation) -> bool:
    """Tell whether the order of two operations of different tasks can make a difference."""
    changes, alters = ON_ONE_OBJECT.get(one[0]), ON_ONE_OBJECT.get(other[0])
    if changes is not None and alters is not None:
        if one[1] is not other[1] or not (changes or alters):
            return False
        return one[0] > WRITE or other[0] > WRITE or one[2] == other[2] or one[2] is None or other[2] is None
    return any(
        where == place
        and (changes or alters)
        and (member == name or member is None or name is None)
        and not (changes and alters and place < 0)
        for where, member, changes in effects(one)
        for place, name, alters in effects(other)
    )
