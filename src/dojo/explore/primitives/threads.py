"""Starting, joining and naming threads: the functions and handles of `_thread`."""

from __future__ import annotations

import _thread
import contextlib
import functools
from collections.abc import Callable
from types import ModuleType
from typing import Any

from dojo.explore.execution import EXECUTION, FIRST_IDENT
from dojo.explore.operations import LOOK, NO_SITE
from dojo.explore.primitives.locks import TIMEOUT_MAX, Lock, RLock
from dojo.explore.primitives.thread_local import local
from dojo.explore.task import Task


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


def except_hook(args: Any) -> None:
    """Note an exception that ended a thread: the default of `threading.excepthook`."""
    if args.exc_type is not SystemExit:
        EXECUTION.unhandled.append((EXECUTION.current, args.exc_value))


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
