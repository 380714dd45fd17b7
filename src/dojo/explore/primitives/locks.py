"""`_thread.lock` and `_thread.RLock`, where taking and letting go are steps."""

from __future__ import annotations

import _thread
from typing import Any

from dojo.explore.execution import EXECUTION, Execution
from dojo.explore.operations import ACQUIRE, LOOK, NO_SITE, RELEASE, TIMED, TRY
from dojo.explore.task import Task

TIMEOUT_MAX = _thread.TIMEOUT_MAX


def check_timeout(blocking: bool, timeout: float) -> float | None:
    """Return the seconds to wait, None for ever; raise as the C lock does for what it refuses."""
    if not isinstance(timeout, int | float):
        raise TypeError(f"'{type(timeout).__name__}' object cannot be interpreted as an integer")
    if timeout != timeout:
        raise ValueError("Invalid value NaN (not a number)")
    if not blocking and timeout != -1:
        raise ValueError("can't specify a timeout for a non-blocking call")
    if timeout < 0 and timeout != -1:
        raise ValueError("timeout value must be a non-negative number")
    if timeout > TIMEOUT_MAX:
        raise OverflowError("timeout value is too large")
    return None if timeout == -1 else float(timeout)


class Waitable:
    """What locks have in common: at most one owner, and tasks that announced an acquisition."""

    def __init__(self) -> None:
        self.owner: Task | None = None
        self.pending: list[Task] = []
        self.execution_log: Any = None

    def _fresh(self, execution: Execution) -> None:
        # Made at import, or in an execution that was abandoned: nobody of this one holds it.
        if self.execution_log is not execution.log:
            self.execution_log = execution.log
            self.owner = None
            self.pending = []

    def _take(self, execution: Execution, blocking: bool, timeout: float | None) -> bool:
        """Announce the acquisition, wait for it, and become the owner; False: given up."""
        current = execution.current
        if execution.solo and self.owner is None:
            self.owner = current
            current.holding.append(self)
            return True
        if blocking and timeout is None:
            self.pending.append(current)
            if self.owner is not None:
                execution.disable(current)
            execution.wait_for_turn((ACQUIRE, self, None, NO_SITE))
            self.pending.remove(current)
        elif blocking:
            self._take_in_time(execution, current, timeout or 0.0)
        else:
            execution.wait_for_turn((TRY, self, None, NO_SITE))
        if self.owner is not None:
            execution.was_busy()
            return False
        self.owner = current
        current.holding.append(self)
        for waiter in self.pending:
            execution.block_again(waiter)
        return True

    def _take_in_time(self, execution: Execution, current: Task, timeout: float) -> None:
        self.pending.append(current)
        current.deadline = execution.clock + timeout
        current.timed = self.owner is not None
        execution.wait_for_turn((TRY, self, TIMED, NO_SITE))
        self.pending.remove(current)
        deadline, current.deadline, current.timed = current.deadline, None, False
        if self.owner is not None:
            execution.advance_to(deadline or 0.0)

    def _let_go(self, execution: Execution) -> None:
        execution.point(RELEASE, self, None, NO_SITE)
        owner = self.owner
        if owner is not None and self in owner.holding:
            owner.holding.remove(self)
        self.owner = None
        for waiter in self.pending:
            waiter.timed = False
            execution.enable(waiter)
        execution.released(self)


class Lock(Waitable):
    """`_thread.lock`: any task may release it."""

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        seconds = check_timeout(blocking, timeout)
        execution = EXECUTION
        if not execution.active:
            return self._acquire_outside(blocking)
        self._fresh(execution)
        return self._take(execution, bool(blocking), seconds)

    def _acquire_outside(self, blocking: bool) -> bool:
        if self.owner is not None and blocking:
            raise RuntimeError("this lock is held, and nobody is left who could release it")
        if self.owner is not None:
            return False
        self.owner = Task(0, 0)
        return True

    def release(self) -> None:
        execution = EXECUTION
        if not execution.active:
            if self.owner is None:
                raise RuntimeError("release unlocked lock")
            self.owner = None
            return
        self._fresh(execution)
        if self.owner is None:
            execution.point(RELEASE, self, None, NO_SITE)
            if self.owner is None:
                raise RuntimeError("release unlocked lock")
        self._let_go(execution)

    def locked(self) -> bool:
        execution = EXECUTION
        if execution.active:
            self._fresh(execution)
            execution.point(LOOK, self, None, NO_SITE)
            if self.owner is not None:
                execution.was_busy()
        return self.owner is not None

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *exc_info: object) -> None:
        self.release()

    acquire_lock = acquire
    release_lock = release
    locked_lock = locked

    def _at_fork_reinit(self) -> None:
        self.owner = None

    def __repr__(self) -> str:
        return f"<{'unlocked' if self.owner is None else 'locked'} _thread.lock object at {id(self):#x}>"


class WaiterLock(Lock):
    """The lock that `Condition.wait` makes for one waiter: taking it for the first time is nobody else's business."""

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        if EXECUTION.active and self.execution_log is None:
            self.execution_log = EXECUTION.log
            self.owner = EXECUTION.current
            return True
        return super().acquire(blocking, timeout)


class RLock(Waitable):
    """`_thread.RLock`: the owner may take it again."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        seconds = check_timeout(blocking, timeout)
        execution = EXECUTION
        if not execution.active:
            self.count += 1
            return True
        self._fresh(execution)
        if self.owner is None:
            self.count = 0
        if self.owner is execution.current:
            self.count += 1
            return True
        taken = self._take(execution, bool(blocking), seconds)
        if taken:
            self.count = 1
        return taken

    def release(self) -> None:
        execution = EXECUTION
        if not execution.active:
            if self.count == 0:
                raise RuntimeError("cannot release un-acquired lock")
            self.count -= 1
            return
        self._fresh(execution)
        if self.owner is not execution.current:
            raise RuntimeError("cannot release un-acquired lock")
        if self.count > 1:
            self.count -= 1
            return
        self._let_go(execution)
        self.count = 0

    def locked(self) -> bool:
        execution = EXECUTION
        if execution.active:
            self._fresh(execution)
            execution.point(LOOK, self, None, NO_SITE)
            if self.owner is not None:
                execution.was_busy()
        return self.owner is not None

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *exc_info: object) -> None:
        self.release()

    def _is_owned(self) -> bool:
        return self.owner is not None and self.owner is EXECUTION.current

    def _recursion_count(self) -> int:
        return self.count if self._is_owned() else 0

    def _release_save(self) -> tuple[int, Task | None]:
        if self.owner is None:
            raise RuntimeError("cannot release un-acquired lock")
        saved = (self.count, self.owner)
        self._let_go(EXECUTION)
        self.count = 0
        return saved

    def _acquire_restore(self, saved: tuple[int, Task | None]) -> None:
        self._take(EXECUTION, True, None)
        self.count = saved[0]

    def _at_fork_reinit(self) -> None:
        self.owner, self.count = None, 0

    def __repr__(self) -> str:
        state = "unlocked" if self.owner is None else "locked"
        owner = self.owner.ident if self.owner else 0
        return f"<{state} _thread.RLock object owner={owner} count={self.count} at {id(self):#x}>"
