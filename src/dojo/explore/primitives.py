"""The stand-in for the C module `_thread`, for `_queue.SimpleQueue` and for the clock.

Each class keeps the contract of the C one as this interpreter's documentation states it; every operation that another
task could notice is a step.
"""

from __future__ import annotations

import _thread
import collections
import contextlib
import functools
import time
import weakref
from _queue import Empty
from collections.abc import Callable, MutableMapping
from types import GenericAlias, ModuleType
from typing import Any

from dojo.explore.execution import EXECUTION, FIRST_IDENT, Execution, Task
from dojo.explore.operations import ACQUIRE, LOOK, NO_SITE, PUT, RELEASE, TAKE, TIMED, TRY, TRY_TAKE

TIMEOUT_MAX = _thread.TIMEOUT_MAX
EPOCH = 1_700_000_000.0
BOOT = 1_000.0


def _check_timeout(blocking: bool, timeout: float) -> float | None:
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


class _Waitable:
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
            block_again(execution, waiter)
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


class Lock(_Waitable):
    """`_thread.lock`: any task may release it."""

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        seconds = _check_timeout(blocking, timeout)
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


class RLock(_Waitable):
    """`_thread.RLock`: the owner may take it again."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        seconds = _check_timeout(blocking, timeout)
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


class Started:
    """`Thread._started`: a thread has begun when `start` returns, and nobody can tell when exactly."""

    def __init__(self) -> None:
        self.flag = False

    def is_set(self) -> bool:
        return self.flag

    def set(self) -> None:
        self.flag = True
        if EXECUTION.active and EXECUTION.current.origin is not None and EXECUTION.current.thread is None:
            EXECUTION.current.thread = self
            EXECUTION.begin()

    def wait(self, timeout: float | None = None) -> bool:
        return self.flag

    def _at_fork_reinit(self) -> None:
        pass


class ThreadHandle:
    """`_thread._ThreadHandle` (3.13 and later)."""

    def __init__(self) -> None:
        self.task: Task | None = None
        self.done = False

    @property
    def ident(self) -> int | None:
        return self.task.ident if self.task else None

    def join(self, timeout: float | None = None) -> None:
        if self.task is None:
            if not self.done:
                raise RuntimeError("thread not started")
            return
        if EXECUTION.active and self.task is EXECUTION.current:
            raise RuntimeError("Cannot join current thread")
        if EXECUTION.active:
            EXECUTION.join(self.task, None if timeout is None or timeout < 0 else timeout)

    def is_done(self) -> bool:
        if self.task is None:
            return self.done
        if EXECUTION.active and not EXECUTION.solo:
            EXECUTION.point(LOOK, self.task, None, NO_SITE)
        return self.task.ended

    def _set_done(self) -> None:
        self.done = True


class Sentinel:
    """`_thread._set_sentinel()` (3.11 and 3.12): a lock that is free once its thread has ended."""

    def __init__(self) -> None:
        self.task = EXECUTION.current
        self.mine = True

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        if self.mine:
            self.mine = False
            return True
        if not blocking:
            EXECUTION.point(LOOK, self.task, None, NO_SITE)
            return self.task.ended
        return EXECUTION.join(self.task, None if timeout < 0 else timeout)

    def release(self) -> None:
        pass

    def locked(self) -> bool:
        return not self.task.ended


class SimpleQueue:
    """`_queue.SimpleQueue`: unbounded, first in first out; `put` never blocks."""

    def __init__(self) -> None:
        self.owner = None
        self._items: collections.deque[Any] = collections.deque()
        self._waiting: list[Task] = []

    @classmethod
    def __class_getitem__(cls, item: object) -> GenericAlias:
        return GenericAlias(cls, item)

    def put(self, item: object, block: bool = True, timeout: float | None = None) -> None:
        execution = EXECUTION
        if execution.active:
            execution.point(PUT, self, None, NO_SITE)
            execution.current.progress += 1
        self._items.append(item)
        for waiter in self._waiting:
            waiter.timed = False
            execution.enable(waiter)
        execution.released(self)

    def put_nowait(self, item: object) -> None:
        self.put(item)

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        if timeout is not None and timeout < 0:
            raise ValueError("'timeout' must be a non-negative number")
        if EXECUTION.active:
            self._await_item(EXECUTION, block, timeout)
        if not self._items:
            raise Empty
        item = self._items.popleft()
        if not self._items:
            for waiter in self._waiting:
                block_again(EXECUTION, waiter)
        return item

    def _await_item(self, execution: Execution, block: bool, timeout: float | None) -> None:
        if execution.solo and self._items:
            return
        task = execution.current
        if not block:
            execution.wait_for_turn((TRY_TAKE, self, None, NO_SITE))
            if not self._items:
                execution.was_busy()
            return
        self._waiting.append(task)
        task.deadline = None if timeout is None else execution.clock + timeout
        if not self._items:
            block_again(execution, task)
        mode, member = (TAKE, None) if timeout is None else (TRY_TAKE, TIMED)
        execution.wait_for_turn((mode, self, member, NO_SITE))
        self._waiting.remove(task)
        deadline, task.deadline, task.timed = task.deadline, None, False
        task.progress += bool(self._items)
        if not self._items:
            execution.was_busy()
            execution.advance_to(deadline or 0.0)

    def get_nowait(self) -> Any:
        return self.get(block=False)

    def empty(self) -> bool:
        EXECUTION.point(LOOK, self, None, NO_SITE)
        return not self._items

    def qsize(self) -> int:
        EXECUTION.point(LOOK, self, None, NO_SITE)
        return len(self._items)


class _LocalKey:
    """Stands for one `local` in the tasks that used it, and goes when the `local` goes."""


class local:  # noqa: N801  (the name that `_thread` gives it)
    """`_thread._local`: every task sees attributes of its own."""

    __slots__ = ("__dict__", "__weakref__", "_dojo_arguments", "_dojo_key")

    def __new__(cls, *args: Any, **kwargs: Any) -> local:
        if (args or kwargs) and cls.__init__ is object.__init__:
            raise TypeError("Initialization arguments are not supported")
        self = object.__new__(cls)
        object.__setattr__(self, "_dojo_arguments", (args, kwargs))
        object.__setattr__(self, "_dojo_key", _LocalKey())
        # The task that makes it runs __init__ as for any object, on what becomes its own attributes.
        _locals_here()[object.__getattribute__(self, "_dojo_key")] = object.__getattribute__(self, "__dict__")
        return self

    def __getattribute__(self, name: str) -> Any:
        _show_own(self)
        return object.__getattribute__(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "__dict__":
            raise AttributeError(f"{type(self).__name__!r} object attribute '__dict__' is read-only")
        _show_own(self)
        object.__setattr__(self, name, value)

    def __delattr__(self, name: str) -> None:
        if name == "__dict__":
            raise AttributeError(f"{type(self).__name__!r} object attribute '__dict__' is read-only")
        _show_own(self)
        object.__delattr__(self, name)


_outside: weakref.WeakKeyDictionary[_LocalKey, dict[str, Any]] = weakref.WeakKeyDictionary()


def _locals_here() -> MutableMapping[_LocalKey, dict[str, Any]]:
    if not EXECUTION.active:
        return _outside
    task = EXECUTION.current
    if task.local is None:
        task.local = weakref.WeakKeyDictionary()
    return task.local


def _show_own(self: local) -> None:
    """Give the object the attributes of the current task, making them where it comes for the first time."""
    mine = _locals_here()
    key = object.__getattribute__(self, "_dojo_key")
    if key not in mine:
        mine[key] = {}
        object.__setattr__(self, "__dict__", mine[key])
        if type(self).__init__ is not object.__init__:
            args, kwargs = object.__getattribute__(self, "_dojo_arguments")
            type(self).__init__(self, *args, **kwargs)
    if object.__getattribute__(self, "__dict__") is not mine[key]:
        object.__setattr__(self, "__dict__", mine[key])


def block_again(execution: Execution, waiter: Task) -> None:
    """Whatever `waiter` waits for is not there: only its deadline lets it go on."""
    if waiter.deadline is None:
        execution.disable(waiter)
    else:
        waiter.timed = True


# ------------------------------------------------------------------------------------------- functions


def get_ident() -> int:
    return EXECUTION.current.ident if EXECUTION.active else FIRST_IDENT


def start_new_thread(
    function: Callable[..., object], args: tuple[Any, ...], kwargs: dict[str, Any] | None = None, /
) -> int:
    if not callable(function):
        raise TypeError("first arg must be callable")
    if not isinstance(args, tuple):
        raise TypeError("2nd arg must be a tuple")
    return _start(functools.partial(function, *args, **(kwargs or {})), function).ident


def start_joinable_thread(
    function: Callable[[], object], handle: ThreadHandle | None = None, daemon: bool = True
) -> ThreadHandle:
    handle = handle or ThreadHandle()
    if handle.task is not None:
        raise RuntimeError("thread already started")
    handle.task = _start(function, function, handle)
    return handle


def _start(call: Callable[[], object], function: Callable[..., object], handle: ThreadHandle | None = None) -> Task:
    if not EXECUTION.active:
        raise RuntimeError(
            "a thread is started while the module is imported: the dojo runs threads only inside a check; "
            "start it inside a function"
        )
    # threading.Thread says itself when it has begun; a bare function begins when it is first chosen.
    thread = getattr(function, "__self__", None)
    prelude = isinstance(getattr(thread, "_started", None), Started)
    return EXECUTION.start(_quietly(call), prelude=prelude, handle=handle, purpose=function)


def _quietly(call: Callable[[], object]) -> Callable[[], None]:
    def run() -> None:
        with contextlib.suppress(SystemExit):
            call()

    return run


def monotonic() -> float:
    return BOOT + (EXECUTION.now() if EXECUTION.active else 0.0)


def wall_time() -> float:
    return EPOCH + (EXECUTION.now() if EXECUTION.active else 0.0)


def sleep(seconds: float) -> None:
    if not isinstance(seconds, int | float) and not hasattr(seconds, "__float__") and not hasattr(seconds, "__index__"):
        raise TypeError(f"'{type(seconds).__name__}' object cannot be interpreted as an integer")
    if seconds != seconds:
        raise ValueError("Invalid value NaN (not a number)")
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    EXECUTION.sleep(float(seconds))


def thread_module() -> ModuleType:
    """Return the stand-in for `_thread`, with the names that this interpreter's own has."""
    module = ModuleType("_thread", _thread.__doc__)
    ours: dict[str, object] = {
        "LockType": Lock,
        "RLock": RLock,
        "TIMEOUT_MAX": TIMEOUT_MAX,
        "_ExceptHookArgs": _thread._ExceptHookArgs,
        "_ThreadHandle": ThreadHandle,
        "_count": lambda: sum(not task.ended for task in EXECUTION.tasks[1:]),
        "_excepthook": except_hook,
        "_get_main_thread_ident": lambda: FIRST_IDENT,
        "_is_main_interpreter": lambda: True,
        "_local": local,
        "_make_thread_handle": lambda ident: ThreadHandle(),
        "_set_sentinel": Sentinel,
        "_shutdown": lambda: None,
        "allocate": Lock,
        "allocate_lock": Lock,
        "daemon_threads_allowed": lambda: True,
        "error": RuntimeError,
        "exit": _thread.exit,
        "exit_thread": _thread.exit,
        "get_ident": get_ident,
        "get_native_id": get_ident,
        "interrupt_main": _thread.interrupt_main,
        "lock": Lock,
        "set_name": lambda name: None,
        "stack_size": lambda size=0: 0,
        "start_joinable_thread": start_joinable_thread,
        "start_new": start_new_thread,
        "start_new_thread": start_new_thread,
    }
    vars(module).update({name: value for name, value in ours.items() if hasattr(_thread, name)})
    return module


def queue_module() -> ModuleType:
    module = ModuleType("_queue")
    vars(module).update(SimpleQueue=SimpleQueue, Empty=Empty)
    return module


def time_module() -> ModuleType:
    """Return the stand-in for `time`: everything as it is, but the clocks are virtual."""
    module = ModuleType("time", time.__doc__)
    vars(module).update({name: value for name, value in vars(time).items() if not name.startswith("__")})
    nanoseconds = {
        "monotonic_ns": lambda: int(monotonic() * 1e9),
        "perf_counter_ns": lambda: int(monotonic() * 1e9),
        "time_ns": lambda: int(wall_time() * 1e9),
    }
    vars(module).update(sleep=sleep, monotonic=monotonic, perf_counter=monotonic, time=wall_time, **nanoseconds)
    return module


def except_hook(args: Any) -> None:
    """Note an exception that ended a thread: the default of `threading.excepthook`."""
    if args.exc_type is not SystemExit:
        EXECUTION.unhandled.append((EXECUTION.current, args.exc_value))
