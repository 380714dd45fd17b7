"""Starting, joining and naming threads: the functions and handles of `_thread`."""

from __future__ import annotations

import _thread
import functools
import sys
from collections.abc import Callable
from types import FunctionType, MethodType, ModuleType, SimpleNamespace
from typing import Any

from dojo.explore import lives
from dojo.explore.execution import EXECUTION
from dojo.explore.idents import FIRST_IDENT
from dojo.explore.operations import CENSUS, LOOK, NO_SITE, WRITE
from dojo.explore.primitives import arguments
from dojo.explore.primitives.arguments import join_timeout, lock_timeout, refuse_to_pickle
from dojo.explore.primitives.locks import Lock, RLock, allocate_lock
from dojo.explore.primitives.modules import unbound
from dojo.explore.primitives.thread_local import local
from dojo.explore.task import Task
from dojo.explore.uncontrolled import CROWD, SIGNAL, note, refuse


class Started:
    """`Thread._started`: a thread has begun when `start` returns, and nobody can tell when exactly.

    Whether it has begun already is another matter: where somebody else than its starter asks, its start must be a step.
    """

    def __init__(self) -> None:
        self.flag = False
        self.starter: Task | None = None
        self.askers: set[Task] = set()
        """Who asked before it began."""

    def is_set(self) -> bool:
        execution = EXECUTION
        if execution.active and not execution.solo and execution.current.thread is not self:
            if execution.rules.starts:
                execution.point(LOOK, self, None, NO_SITE)
            elif not self.flag:
                self.askers.add(execution.current)
            elif self.starter is not None and self.starter is not execution.current:
                execution.asked_of_start = True
        return self.flag

    def about_to_begin(self) -> None:
        """Called by the task that starts the thread, before it does."""
        execution = EXECUTION
        if execution.rules.starts:
            execution.point(WRITE, self, None, NO_SITE)
        self.starter = execution.current
        if self.askers - {self.starter}:
            execution.asked_of_start = True

    def set(self) -> None:
        self.flag = True
        if EXECUTION.active and EXECUTION.current.origin is not None and EXECUTION.current.thread is None:
            EXECUTION.current.thread = self
            lives.begin(EXECUTION)

    def wait(self, timeout: float | None = None) -> bool:
        return self.flag


class ThreadHandle:
    """`_thread._ThreadHandle` (3.13 and later)."""

    __module__ = "_thread"

    def __init__(self) -> None:
        self.task: Task | None = None
        self.stands_for: int | None = None
        """The identifier of a thread that something else has started, the first one among them."""
        self.done = False

    @property
    def ident(self) -> int:
        return self.task.ident if self.task is not None else self.stands_for or 0

    def join(self, timeout: float | None = None, /) -> None:
        seconds = join_timeout(timeout)
        if self.done:
            return
        task = self._target()
        if task is None:
            raise RuntimeError("thread not started")
        if EXECUTION.active and task is EXECUTION.current:
            raise RuntimeError("Cannot join current thread")
        if EXECUTION.active:
            lives.join(EXECUTION, task, seconds)

    def is_done(self) -> bool:
        task = self._target()
        if task is None or self.done:
            return self.done
        if EXECUTION.active and not EXECUTION.solo:
            EXECUTION.point(LOOK, task, None, NO_SITE)
        return task.ended

    def _target(self) -> Task | None:
        if self.task is not None or self.stands_for is None:
            return self.task
        return next((task for task in reversed(EXECUTION.tasks) if task.ident == self.stands_for), None)

    def _set_done(self) -> None:
        if self.task is None and self.stands_for is None:
            raise RuntimeError("thread not started")
        self.done = True

    def __repr__(self) -> str:
        return f"<_thread._ThreadHandle object: ident={self.ident}>"

    __reduce_ex__ = refuse_to_pickle


def make_thread_handle(ident: int) -> ThreadHandle:
    handle = ThreadHandle()
    handle.stands_for = ident
    return handle


class Sentinel:  # pragma: no cover - nothing makes one on the versions that are measured
    """`_thread._set_sentinel()` (3.11 and 3.12): a lock that is free once its thread has ended."""

    def __init__(self) -> None:
        self.made_by = EXECUTION.current if EXECUTION.active else None
        self.mine = True
        self.given_up = False
        """`Thread.join` lets go of it where its acquisition raises."""

    def acquire(self, blocking: bool = True, timeout: float = -1) -> bool:
        seconds = lock_timeout(blocking, timeout)
        if self.mine:
            self.mine = False
            return True
        if not blocking:
            EXECUTION.point(LOOK, self.task, None, NO_SITE)
            return self.task.ended
        return lives.join(EXECUTION, self.task, seconds)

    @property
    def task(self) -> Task:
        # Made before any execution, it belongs to the first thread of each.
        return self.made_by or EXECUTION.tasks[0]

    def release(self) -> None:
        self.given_up = not self.task.ended

    def locked(self) -> bool:
        return not (self.task.ended or self.given_up)


def get_ident() -> int:
    return EXECUTION.current.ident if EXECUTION.active else FIRST_IDENT


def get_native_id() -> int:
    # Another number than the ident, as everywhere.
    return get_ident() + 100_000


def start_new_thread(
    function: Callable[..., object], args: tuple[Any, ...], kwargs: dict[str, Any] | None = None, /
) -> int:
    says_itself = _announce(function)
    if not callable(function):
        raise TypeError("first arg must be callable")
    if not isinstance(args, tuple):
        raise TypeError("2nd arg must be a tuple")
    if kwargs is not None and not isinstance(kwargs, dict):
        raise TypeError("optional 3rd arg must be a dictionary")
    return _start(functools.partial(function, *args, **(kwargs or {})), function, says_itself=says_itself).ident


def start_joinable_thread(
    function: Callable[[], object], handle: ThreadHandle | None = None, daemon: bool = True
) -> ThreadHandle:
    says_itself = _announce(function)
    if not callable(function):
        raise TypeError("thread function must be callable")
    if handle is not None and not isinstance(handle, ThreadHandle):
        raise TypeError("'handle' must be a _ThreadHandle")
    handle = handle or ThreadHandle()
    if handle.task is not None or handle.done or handle.stands_for is not None:
        raise RuntimeError("thread already started")
    handle.task = _start(function, function, handle, says_itself=says_itself)
    return handle


def _start(
    call: Callable[[], object],
    function: Callable[..., object],
    handle: ThreadHandle | None = None,
    *,
    says_itself: bool,
) -> Task:
    if not EXECUTION.active:
        raise RuntimeError(
            "a thread is started while the module is imported: the dojo runs threads only inside a check; "
            "start it inside a function"
        )
    task = lives.start(EXECUTION, _quietly(call, function), prelude=says_itself, handle=handle, purpose=function)
    if not says_itself:
        # Should it ask for its Thread later, a dummy one is made, which has long begun.
        task.thread = True
    return task


def _announce(function: Callable[..., object]) -> bool:
    """Tell whether the thread will say itself when it has begun; if so, its start is a step where somebody asks."""
    says_itself = _says_itself(function)
    if says_itself and EXECUTION.active:
        function.__self__._started.about_to_begin()  # type: ignore[attr-defined]
    return says_itself


def _says_itself(function: Callable[..., object]) -> bool:
    """Tell whether the thread says itself when it has begun, as `threading.Thread` does.

    A bare function begins when it is first chosen.
    """
    if type(function) is not MethodType or function.__name__ != "_bootstrap":
        return False
    return isinstance(getattr(function.__self__, "_started", None), Started)


def _quietly(call: Callable[[], object], function: Callable[..., object]) -> Callable[[], None]:
    def run() -> None:
        try:
            call()
        except SystemExit:
            pass
        except Exception as error:
            # As the C function does: nobody waits for a bare thread, so that only the hook can tell.
            if sys.unraisablehook is default_unraisable_hook:
                raise
            sys.unraisablehook(_unraisable(error, function))

    return run


default_unraisable_hook = sys.unraisablehook


def _unraisable(error: BaseException, function: Callable[..., object]) -> Any:
    message = f"Exception ignored in thread started by {function!r}"
    with_object = sys.version_info < (3, 13)
    return SimpleNamespace(
        exc_type=type(error),
        exc_value=error,
        exc_traceback=error.__traceback__,
        err_msg="Exception ignored in thread started by" if with_object else message,
        object=function if with_object else None,
    )


def except_hook(args: Any, /) -> None:
    """Note an exception that ended a thread: the default of `threading.excepthook`."""
    if not isinstance(args, _thread._ExceptHookArgs):
        raise TypeError("_thread.excepthook argument type must be ExceptHookArgs")
    error = args.exc_value
    if error is not None and args.exc_type is not SystemExit and EXECUTION.active:
        EXECUTION.unhandled.append((EXECUTION.current, error))


def call_hook(hook: Callable[[Any], object], args: Any) -> None:
    """Call `threading.excepthook`; where it raises itself, note what it was called for."""
    try:
        hook(args)
    except Exception:
        except_hook(args)
        raise


def counting(function: Callable[[], Any]) -> Callable[[], Any]:
    """Return a function that asks which threads there are, as a step: their ends may come before it or after it."""

    @functools.wraps(function)
    def asked() -> Any:
        EXECUTION.point(CENSUS, None, None, NO_SITE)
        if any(not task.ended for task in EXECUTION.tasks[1:] if task is not EXECUTION.current):
            note(CROWD, f"threading.{function.__name__}")
        return function()

    return asked


_stack_size = [0, 0]
"""The number of the execution that set it, and what to."""


def stack_size(size: int = 0, /) -> int:
    before: int = _stack_size[1] if _stack_size[0] == EXECUTION.number else 0
    arguments.stack_size(size)
    _stack_size[:] = EXECUTION.number, size
    return before


def interrupt_main(signum: int = 2, /) -> None:
    refuse(SIGNAL, "_thread.interrupt_main")


def thread_module() -> ModuleType:
    """Return the stand-in for `_thread`, with the names that this interpreter's own has."""
    module = ModuleType("_thread", _thread.__doc__)
    ours: dict[str, object] = {
        "LockType": Lock,
        "RLock": RLock,
        "TIMEOUT_MAX": _thread.TIMEOUT_MAX,
        "_ExceptHookArgs": _thread._ExceptHookArgs,
        "_ThreadHandle": ThreadHandle,
        "_count": lambda: sum(not task.ended for task in EXECUTION.tasks[1:]),
        "_excepthook": except_hook,
        "_get_main_thread_ident": lambda: FIRST_IDENT,
        "_is_main_interpreter": lambda: True,
        "_local": local,
        "_make_thread_handle": make_thread_handle,
        "_set_sentinel": Sentinel,
        "_shutdown": lambda: None,
        "allocate": allocate_lock,
        "allocate_lock": allocate_lock,
        "daemon_threads_allowed": lambda: True,
        "error": RuntimeError,
        "exit": _thread.exit,
        "exit_thread": _thread.exit,
        "get_ident": get_ident,
        "get_native_id": get_native_id,
        "interrupt_main": interrupt_main,
        "lock": Lock,
        "set_name": lambda name: None,
        "stack_size": stack_size,
        "start_joinable_thread": start_joinable_thread,
        "start_new": start_new_thread,
        "start_new_thread": start_new_thread,
    }
    for value in ours.values():
        if isinstance(value, FunctionType):
            value.__module__ = "_thread"
    vars(module).update({name: unbound(value) for name, value in ours.items() if hasattr(_thread, name)})
    return module
