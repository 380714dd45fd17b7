"""A controlled thread, as the machine sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dojo.explore.operations import NOTHING_YET, Operation


class Task:
    """A controlled thread: its carrier, what it announced, and whether it may go on."""

    __slots__ = (
        "blocked_since_turn",
        "carrier",
        "deadline",
        "ended",
        "error",
        "holding",
        "ident",
        "joiners",
        "local",
        "number",
        "operation",
        "origin",
        "progress",
        "purpose",
        "thread",
        "timed",
        "turns",
        "unwinds",
        "weary",
        "woke_by_itself",
    )

    def __init__(self, number: int, ident: int) -> None:
        self.number = number
        self.ident = ident
        self.carrier: Any = None
        """The greenlet that runs it, as long as it has not ended."""
        self.operation: Operation = NOTHING_YET
        self.timed = False
        """Waits for the clock: choosing it lets its time pass."""
        self.deadline: float | None = None
        self.ended = False
        self.joiners: list[Task] = []
        self.progress = 0
        self.blocked_since_turn = False
        self.turns: dict[int, Any] = {}
        self.weary: Any = None
        self.holding: list[Any] = []
        self.unwinds = 0
        self.local: Any = None
        """Keeps alive what `threading.local` objects hold for it."""
        self.thread: Any = None
        self.origin: Task | None = None
        self.purpose: Callable[..., object] | None = None
        """What it was started with; kept only while somebody observes."""
        self.error: BaseException | None = None
        self.woke_by_itself = False


def by_deadline(task: Task) -> tuple[float, int]:
    """Order timed tasks by the moment at which their time is up."""
    return (task.deadline or 0.0, task.number)
