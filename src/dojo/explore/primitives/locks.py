"""`_thread.lock` and `_thread.RLock`, where taking and letting go are steps."""

from __future__ import annotations

import _thread
import sys
from typing import Any

from dojo.explore.crowds import block_all, enable_all
from dojo.explore.execution import EXECUTION, Execution
from dojo.explore.operations import ACQUIRE, BUSY, LOOK, NO_SITE, RELEASE, TIMED, TRY, WAKE
from dojo.explore.picks import pick
from dojo.explore.primitives.arguments import lock_timeout, refuse_to_pickle
from dojo.explore.spinning import rest
from dojo.explore.task import Task
from dojo.explore.virtual_time import advance_to, deadline_in

CALLABLE = hasattr(_thread, "lock")
"""`threading.Lock` is the type itself, since 3.13."""
NOBODY = Task(0, 0)
"""Holds what was taken outside executions, where there are no tasks."""


class Waitable:
    """What locks have in common: at most one owner, and tasks that announced an acquisition."""

    def __init__(self) -> None:
        self.owner: Task | None = None
        self.pending: list[Task] = []
        self.used_in = 0
        """The number of the execution that its state is of; 0: of none."""

    __reduce_ex__ = refuse_to_pickle

    def _fresh(self, execution: Execution) -> None:
        """Forget the state of another execution; what the import of the modules took, the first task holds."""
        if self.used_in != execution.number:
            held = self.owner is not None and not self.used_in
            self.owner = execution.tasks[0] if held else None
            self.used_in = execution.number
            self.pending = []

    def _outside(self) -> None:
        """Forget the state of an execution that is over."""
        if self.used_in:
            self.used_in, self.owner = 0, None
            self.pending = []

    def _take(self, execution: Execution, blocking: bool, timeout: float | None) -> bool:
        """Announce the acquisition, wait for it, and become the owner; False: given up."""
        execution.sweep()
        current = execution.current
        if execution.solo and self.owner is None:
            self.owner = current
            current.holding.append(self)
            return True
        if blocking and timeout is None:
            self.pending.append(current)
            if self.owner is not None:
                execution.disable(current)
                if execution.rules.no_waiting:
                    current.operation = (ACQUIRE, self, None, NO_SITE)
                    execution.finish("stuck")
            execution.wait_for_turn((ACQUIRE, self, None, NO_SITE))
            self.pending.remove(current)
        elif blocking:
            self._take_in_time(execution, current, timeout or 0.0)
        else:
            execution.wait_for_turn((TRY, self, None, NO_SITE))
        if self.owner is not None:
            execution.turned_out(BUSY)
            return False
        self.owner = current
        current.holding.append(self)
        if self.pending:
            block_all(execution, self.pending)
            if execution.rules.no_waiting and any(waiter.deadline is None for waiter in self.pending):
                execution.finish("stuck")
        return True

    def _take_in_time(self, execution: Execution, current: Task, timeout: float) -> None:
        deadline = deadline_in(execution, timeout)
        self.pending.append(current)
        current.deadline, current.timed = deadline, self.owner is not None
        execution.wait_for_turn((TRY, self, TIMED, NO_SITE))
        self.pending.remove(current)
        current.deadline, current.timed = None, False
        if self.owner is not None:
            advance_to(execution, deadline)

    def _set_free(self, execution: Execution) -> None:
        owner = self.owner
        if owner is not None and self in owner.holding:
            owner.holding.remove(self)
        self.owner = None
        if self.pending:
            enable_all(execution, self.pending)
        execution.released(self)

    def _is_locked(self) -> bool:
        execution = EXECUTION
        if execution.active:
            self._fresh(execution)
            execution.point(LOOK, self, None, NO_SITE)
            if self.owner is not None:
                execution.turned_out(BUSY)
        else:
            self._outside()
        return self.owner is not None


class PlainLock(Waitable):
    """What `Lock` and `WaiterLock` do alike."""

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        seconds = None if timeout == -1 and blocking is True else lock_timeout(blocking, timeout)
        execution = EXECUTION
        if not execution.active:
            return self._acquire_outside(blocking, seconds)
        self._fresh(execution)
        return self._take(execution, bool(blocking), seconds)

    def _acquire_outside(self, blocking: bool, seconds: float | None) -> bool:
        self._outside()
        if self.owner is not None and blocking and seconds is None:
            raise RuntimeError("this lock is held, and nobody is left who could release it")
        if self.owner is not None:
            return False
        self.owner = NOBODY
        return True

    def release(self) -> None:
        execution = EXECUTION
        if not execution.active:
            self._outside()
            if self.owner is None:
                raise RuntimeError("release unlocked lock")
            self.owner = None
            return
        self._fresh(execution)
        execution.point(RELEASE, self, None, NO_SITE)
        if self.owner is None:
            # Anybody may release it: perhaps somebody has, before it was this task's turn.
            execution.turned_out(LOOK)
            raise RuntimeError("release unlocked lock")
        self._set_free(execution)
        rest(execution, self)

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *exc_info: object) -> None:
        self.release()

    acquire_lock = acquire
    release_lock = release
    locked = locked_lock = Waitable._is_locked

    def _at_fork_reinit(self) -> None:
        self.owner = None

    def __repr__(self) -> str:
        return f"<{'unlocked' if self.owner is None else 'locked'} _thread.lock object at {id(self):#x}>"


class Lock(PlainLock):
    """`_thread.lock`: any task may release it."""

    def __new__(cls, *args: Any, **kwargs: Any) -> Lock:
        # Until 3.12 only `allocate_lock` makes locks.
        if not CALLABLE or args or kwargs:
            _thread.LockType(*args, **kwargs)
        return super().__new__(cls)

    def __init_subclass__(cls) -> None:
        raise TypeError("type '_thread.lock' is not an acceptable base type")


def allocate_lock() -> Lock:
    lock: Lock = object.__new__(Lock)
    Waitable.__init__(lock)
    return lock


class WaiterLock(PlainLock):
    """The lock that `Condition.wait` makes for one waiter: taking it for the first time is nobody else's business."""

    def __init__(self) -> None:
        super().__init__()
        self.others: Any = ()
        """All who wait for the same condition, this one included."""

    def among(self, waiters: Any) -> WaiterLock:
        """Learn who else waits, and return itself."""
        self.others = waiters
        return self

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        if EXECUTION.active and not self.used_in:
            self.used_in = EXECUTION.number
            self.owner = EXECUTION.current
            return True
        if EXECUTION.rules.any_wakeup and self._wakes_by_itself(EXECUTION):
            return True
        if not blocking:
            # `wait(0)`: a loop around it would never see its time run out if it took none.
            return super().acquire(True, 0.0)
        return super().acquire(blocking, timeout)

    def _wakes_by_itself(self, execution: Execution) -> bool:
        """Pick whether this wait ends without a `notify`: once for each task, or loops around it would never end.

        To wake at once is all there is to try: whoever wakes later could as well have waked now, and have been slow to
        take the lock again.
        """
        task = execution.current
        if task.woke_by_itself or self.owner is None or self not in self.others or _waits_for_the_library():
            return False
        task.woke_by_itself = bool(pick(execution, 2, free=(0,)))
        if task.woke_by_itself:
            self.others.remove(self)
            # It has waited: the loop around it is none that polls.
            task.blocked_since_turn = True
            execution.point(WAKE, self, None, NO_SITE)
        return task.woke_by_itself


def _waits_for_the_library() -> bool:
    """Tell whether a copy of the library waits: an `Event` or a `Future` promises more than `Condition.wait` does."""
    frame: Any = sys._getframe(3)
    while frame.f_globals.get("__name__") == "threading" and frame.f_code.co_name in ("wait", "wait_for"):
        if frame.f_locals.get("self").__class__.__name__ != "Condition":
            return True
        frame = frame.f_back
    return "waiter_to_wake" in frame.f_globals


def waiter_to_wake(waiters: Any, count: int) -> int:
    """Pick which of them `notify(count)` wakes next: the documentation promises no order."""
    return pick(EXECUTION, len(waiters)) if EXECUTION.rules.any_wakeup and count < len(waiters) else 0


class RLock(Waitable):
    """`_thread.RLock`: the owner may take it again."""

    def __new__(cls, *args: Any, **kwargs: Any) -> RLock:
        if (args or kwargs) and cls.__init__ is RLock.__init__:
            _thread.RLock(*args, **kwargs)
        return super().__new__(cls)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__()
        self.count = 0

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        seconds = None if timeout == -1 and blocking is True else lock_timeout(blocking, timeout)
        execution = EXECUTION
        current = self._me(execution)
        if self.owner is None:
            self.count = 0
        if self.owner is current:
            self.count += 1
            return True
        if execution.active and not self._take(execution, bool(blocking), seconds):
            return False
        self.owner, self.count = current, 1
        return True

    def _me(self, execution: Execution) -> Task:
        """Bring the state up to date and return who is asking."""
        if not execution.active:
            self._outside()
            return NOBODY
        self._fresh(execution)
        return execution.current

    def release(self) -> None:
        execution = EXECUTION
        me = self._me(execution)
        if self.owner is not me:
            raise RuntimeError("cannot release un-acquired lock")
        if self.count > 1:
            self.count -= 1
            return
        self._free(execution)

    def _free(self, execution: Execution) -> None:
        if execution.active:
            execution.point(RELEASE, self, None, NO_SITE)
            self._set_free(execution)
        self.owner, self.count = None, 0
        rest(execution, self)

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *exc_info: object) -> None:
        self.release()

    def _is_owned(self) -> bool:
        me = self._me(EXECUTION)
        return self.owner is me

    def _recursion_count(self) -> int:
        return self.count if self._is_owned() else 0

    def _release_save(self) -> tuple[int, Task | None]:
        if not self._is_owned():
            raise RuntimeError("cannot release un-acquired lock")
        saved = (self.count, self.owner)
        self._free(EXECUTION)
        return saved

    def _acquire_restore(self, saved: tuple[int, Task | None]) -> None:
        if EXECUTION.active:
            self._take(EXECUTION, True, None)
        self.count, self.owner = saved

    def _at_fork_reinit(self) -> None:
        self.owner, self.count = None, 0

    def __repr__(self) -> str:
        state = "unlocked" if self.owner is None else "locked"
        owner = self.owner.ident if self.owner else 0
        return f"<{state} _thread.RLock object owner={owner} count={self.count} at {id(self):#x}>"


Lock.__name__ = Lock.__qualname__ = "lock"
Lock.__module__ = RLock.__module__ = allocate_lock.__module__ = "_thread"
if hasattr(_thread.RLock, "locked"):
    # New in 3.14.
    RLock.locked = Waitable._is_locked  # type: ignore[attr-defined]
