"""Visible operations: what a task announces before it takes a step."""

from __future__ import annotations

from typing import Any, Final

# An operation is a plain tuple, made once a step: (mode, target, member, site).
# `target` is the object itself: the log keeps it alive, so that its identity stays its own for the whole execution.
Operation = tuple[int, Any, Any, int]

READ: Final = 0
WRITE: Final = 1
ACQUIRE: Final = 2
"""Blocks while the lock is held."""
TRY: Final = 3
"""Acquires if the lock is free; with a deadline it is a timed wait."""
RELEASE: Final = 4
BEGIN: Final = 5
START: Final = 6
"""The target is the new task; takes no choice, only orders."""
END: Final = 7
JOIN: Final = 8
"""Blocks until the target task has ended."""
TIMED_JOIN: Final = 9
SLEEP: Final = 10
CLOCK: Final = 11
AWAIT: Final = 12
"""A loop that got nowhere: goes on when somebody changes what its last turn looked at (the targets)."""
FINISH: Final = 13
"""The scenario returns: whoever has not ended is left alive."""
YIELD: Final = 14
PUT: Final = 15
"""Adds to a `SimpleQueue`; never blocks."""
TAKE: Final = 16
"""Blocks while the queue is empty."""
TRY_TAKE: Final = 17
LOOK: Final = 18
"""Asks a lock, a queue or a task for its state."""
BUSY: Final = 19
"""What a TRY, a TRY_TAKE or a LOOK turns out to be where the lock was held or the queue empty: it changed nothing."""
DEADLINE: Final = 20
"""Begins to wait for the clock: how long that is, is told by the time at which it begins."""

WAKE: Final = 21
"""Wakes up from a wait without having been woken."""

CENSUS: Final = 22
"""Asks which tasks are alive."""

EVERYTHING: Final = None
"""The member of an access to a whole container."""
TIMED: Final = "timed"
"""The member of a wait that a deadline ends."""
NO_SITE: Final = -1
NOTHING_YET: Operation = (BEGIN, None, None, NO_SITE)
"""What a task has announced that has not begun."""

NAMES: Final = {
    READ: "read",
    WRITE: "write",
    ACQUIRE: "acquire",
    TRY: "acquire",
    RELEASE: "release",
    BEGIN: "begin",
    START: "start",
    END: "end",
    JOIN: "join",
    TIMED_JOIN: "join",
    SLEEP: "sleep",
    CLOCK: "clock",
    AWAIT: "spin",
    FINISH: "finish",
    YIELD: "yield",
    PUT: "put",
    TAKE: "take",
    TRY_TAKE: "take",
    LOOK: "look",
    BUSY: "busy",
    DEADLINE: "clock",
    WAKE: "wake",
    CENSUS: "look",
}
