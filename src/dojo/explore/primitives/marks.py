"""Marks for what a copy of the library does to state that its locks guard.

Threads need no such step, for the locks order them; but a loop that polls must be seen to look at something, or nobody
would know what wakes it.
"""

from __future__ import annotations

from typing import Any

from dojo.explore.execution import EXECUTION
from dojo.explore.operations import READ, WRITE
from dojo.explore.sites import SITES, Site

SITES.append(Site("<library>", 0, "read", "items", "items", by_learner=False))
INSIDE_LIBRARY = len(SITES) - 1
"""The place of a step that no report shows."""


def looked_at(owner: Any) -> Any:
    """Mark a look at the state of a `queue.Queue` or a `Future` and return it."""
    EXECUTION.point(READ, _guard_of(owner), "state", INSIDE_LIBRARY)
    return owner


def changed(owner: Any) -> Any:
    """Mark a change of the state of a `queue.Queue` or a `Future` and return it."""
    EXECUTION.point(WRITE, _guard_of(owner), "state", INSIDE_LIBRARY)
    return owner


def _guard_of(owner: Any) -> Any:
    # Not the owner itself: the log would keep it alive, and with it its items or its result.
    guard = vars(owner).get("_condition")
    return guard if guard is not None else owner.not_empty
