"""The interpreter's guard against a `repr` without end: one list for each of its threads, and so for all tasks."""

from __future__ import annotations

import gc
from typing import Final


class _Probe:
    """Looks for the guard while it is being shown: the guard is a list that holds the container it stands in."""

    def __init__(self) -> None:
        self.container = [self]
        self.found: list[list[object]] = []

    def __repr__(self) -> str:
        holders = gc.get_referrers(self.container)
        self.found = [holder for holder in holders if type(holder) is list and holder[-1:] == [self.container]]
        return "probe"


def _find_guard() -> list[object]:
    """Return the guard of this thread; a list that nobody looks at, where the interpreter has another kind of guard."""
    probe = _Probe()
    repr(probe.container)
    return probe.found[0] if len(probe.found) == 1 else []


SHOWN: Final = _find_guard()
"""The containers whose `repr` is under way. A task that lets another one go on takes its own with it."""
