"""Marks for what a copy of the library does to state that its locks guard.

Threads need no such step, for the locks order them; but a loop that polls must be seen to look at something, or nobody
would know what wakes it.
"""

from __future__ import annotations

from typing import Any

from dojo.explore.execution import EXECUTION
from dojo.explore.hooks import SITES
from dojo.explore.operations import READ, WRITE
from dojo.explore.rewriting import Site

SITES.append(Site("<library>", 0, "read", "items", "items", by_learner=False))
INSIDE_LIBRARY = len(SITES) - 1
"""The place of a step that no report shows."""


def looked_at(queue: Any) -> Any:
    """Mark a look at the items of a `queue.Queue` and return it."""
    EXECUTION.point(READ, queue.not_empty, "items", INSIDE_LIBRARY)
    return queue


def changed(queue: Any) -> Any:
    """Mark a change of the items of a `queue.Queue` and return it."""
    EXECUTION.point(WRITE, queue.not_empty, "items", INSIDE_LIBRARY)
    return queue
