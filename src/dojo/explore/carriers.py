"""Greenlets that carry one task after another: making one costs many times what using one again does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from greenlet import getcurrent, greenlet


class Carriers:
    """The greenlets below one root; `idle` holds those that carry nothing now.

    To let an idle one carry something: take it from `idle` and switch to it, with a function that never raises and its
    arguments. Once that has returned, the carrier is idle again and goes on with whoever `successor` names. (A function
    of Python's own needs no room on the C stack, which every switch copies.)
    """

    def __init__(self, successor: Callable[[], greenlet]) -> None:
        self.root: greenlet | None = None
        self.idle: list[greenlet] = []
        self._successor = successor

    def belong_to(self, root: greenlet) -> None:
        """Let `root` be the parent from now on: greenlets of another one cannot be switched to."""
        if root is not self.root:
            self.root, self.idle = root, []

    def make(self) -> None:
        """Make one more, idle; called by the root alone: a greenlet inherits the depth of recursion where it begins."""
        greenlet(self._carry, self.root).switch()

    def _carry(self) -> None:
        carrier: Any = getcurrent()
        following, idle = self.root, self.idle
        while True:
            idle.append(carrier)
            assert following is not None
            work, arguments = following.switch()
            work(*arguments)
            # What they kept alive goes while the task that is ending is still the current one.
            del work, arguments
            if carrier.gr_context is not None:
                carrier.gr_context = None
            following = self._successor()
