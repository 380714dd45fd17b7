"""What no schedule can decide: real processes, sockets, signals and threads. Said in one sentence, never passed over.

Most of it is heard of through the interpreter's audit events, whoever starts it; the rest through stand-ins for names
of a few modules. Importing a module is always fine: only its use counts.
"""

from __future__ import annotations

import contextlib
import inspect
import os
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from types import FrameType, ModuleType
from typing import Any, NoReturn

from dojo.explore.execution import EXECUTION
from dojo.explore.primitives.modules import stand_in

PROCESS = "starts a process", "the dojo explores the threads of one process"
THREAD = "starts a thread behind the dojo's back", "only threads that the submission starts itself are explored"
NETWORK = "uses a real socket", "no schedule says when its data come"
SIGNAL = "waits for a signal or asks for one", "no schedule says when a signal comes"
FILE = "opens a file for writing", "what threads share through it takes no step"
CROWD = "asks which threads there are", "that another thread starts one is no step of its own"
REAL_TIME = "sleeps in real time", "nothing else goes on meanwhile, and the dojo's clock stands still"
KERNEL = "waits in the kernel or makes something to wait for there", "no schedule says when its data come"
LOOP = "runs an event loop", "the dojo explores threads, and a loop runs as one piece in its thread"
SHARED = "makes something for several processes", "the dojo explores the threads of one process, and cannot see it wait"

WRITING = os.O_WRONLY | os.O_RDWR

Reason = tuple[str, str]

# Audit event -> why it is refused.
REFUSED: dict[str, Reason] = {
    **dict.fromkeys(("os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system"), PROCESS),
    **dict.fromkeys(("_posixsubprocess.fork_exec", "pty.spawn", "subprocess.Popen"), PROCESS),
    **dict.fromkeys(("_thread.start_joinable_thread", "_thread.start_new_thread"), THREAD),
    **dict.fromkeys(("socket.bind", "socket.connect", "socket.getaddrinfo", "socket.sendto"), NETWORK),
    "signal.pthread_kill": SIGNAL,
}
FORKS = frozenset({"os.fork", "os.forkpty"})
# Audit event -> what is only said: it works, but not every order of it is tried.
NOTED: dict[str, Reason] = {"socket.__new__": NETWORK, "time.sleep": REAL_TIME}

# Module -> its names that are refused where no audit event tells, or too late.
NAMES: dict[str, dict[str, Reason]] = {
    "os": dict.fromkeys(("eventfd", "mkfifo", "openpty", "pipe", "pipe2"), KERNEL),
    "fcntl": dict.fromkeys(("flock", "lockf"), KERNEL),
    "select": dict.fromkeys(("epoll", "kqueue", "poll", "select"), KERNEL),
    "selectors": dict.fromkeys(("DefaultSelector", "EpollSelector", "PollSelector", "SelectSelector"), KERNEL),
    "asyncio": dict.fromkeys(("Runner", "get_event_loop", "new_event_loop", "run"), LOOP),
    "signal": dict.fromkeys(
        ("alarm", "pause", "raise_signal", "setitimer", "sigtimedwait", "sigwait", "sigwaitinfo"), SIGNAL
    ),
    "multiprocessing": {
        **dict.fromkeys(("Manager", "Pool", "Process", "get_context"), PROCESS),
        **dict.fromkeys(("Barrier", "BoundedSemaphore", "Condition", "Event", "Lock", "RLock", "Semaphore"), SHARED),
        **dict.fromkeys(("Array", "JoinableQueue", "Pipe", "Queue", "SimpleQueue", "Value"), SHARED),
    },
}

# Packages of which something is said as a whole, for what they do is spread over many calls.
WHOLE = {
    "multiprocessing": "uses multiprocessing: the dojo explores the threads of one process",
    "socketserver": "uses a real socket server: no schedule says when its data come",
}

STDLIB = os.path.dirname(os.__file__)
DOJO = os.path.dirname(os.path.dirname(__file__))


class Uncontrolled(RuntimeError):
    """Code under test does what no schedule can decide."""


sentences: set[str] = set()
"""What the executions so far could not control."""


def refuse(reason: Reason, what: str) -> NoReturn:
    """Note what the code under test does, and raise `Uncontrolled`."""
    raise Uncontrolled(note(reason, what))


def note(reason: Reason, what: str) -> str:
    """Note what the code under test does and go on."""
    deed, why = reason
    path, line, called = _call_of(sys._getframe(2))
    package = called.partition(".")[0]
    if package in WHOLE:
        sentence = f"{path}, line {line}, {WHOLE[package]}"
    else:
        sentence = f"{path}, line {line}, calls {called or what}, which {deed}: {why}"
    sentences.add(sentence)
    return sentence


def _call_of(frame: FrameType) -> tuple[str, int, str]:
    """Return the innermost place outside the library, and the name of the library's function that it called."""
    called = ""
    for outer in _outwards(frame):
        code = outer.f_code
        if not is_library_frame(code.co_filename):
            return os.path.basename(code.co_filename), outer.f_lineno, called
        module = outer.f_globals.get("__name__", "")
        if not module.startswith("dojo."):
            called = f"{module}.{code.co_qualname}"
    return "the code under test", 0, called


def _outwards(frame: FrameType | None) -> Iterator[FrameType]:
    while frame is not None:
        yield frame
        frame = frame.f_back


def is_library_frame(path: str) -> bool:
    """Tell whether a frame of `path` belongs to the standard library or to the dojo, not to a kata."""
    return path.startswith((STDLIB, DOJO, "<frozen "))


def with_refused_names(module: ModuleType, names: Mapping[str, object]) -> ModuleType:
    """Return a stand-in for `module` in which what cannot be controlled refuses to run inside an execution."""
    refusing = {
        name: _refusing(getattr(module, name), reason, f"{module.__name__}.{name}")
        for name, reason in NAMES[module.__name__].items()
        if hasattr(module, name)
    }
    copy = stand_in(module, {**refusing, **names})
    vars(copy)["__getattr__"] = lambda name: getattr(module, name)
    return copy


def _refusing(function: Callable[..., Any], reason: Reason, what: str) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        if EXECUTION.active:
            for coroutine in filter(inspect.iscoroutine, args):
                # Else the interpreter complains that nobody awaited it.
                coroutine.close()
            refuse(reason, what)
        return function(*args, **kwargs)

    call.__name__ = what.rpartition(".")[2]
    return call


# ------------------------------------------------------------------------------ hearing of it


# The interpreter switches all tracing off while it runs an audit hook.
def _audit(event: str, arguments: tuple[Any, ...]) -> None:  # pragma: no cover
    if EXECUTION.active:
        if event in REFUSED:
            refuse(REFUSED[event], event)
        if event in NOTED:
            note(NOTED[event], event)
        if event == "open" and _is_for_writing(*arguments):
            note(FILE, "open")
    elif _importing and event in FORKS:
        refuse(PROCESS, event)


def _is_for_writing(path: object, mode: object, flags: object) -> bool:  # pragma: no cover - see _audit
    # The interpreter writes what it compiled of a module of the library that is imported late.
    if ".pyc" in str(path):
        return False
    if isinstance(mode, str):
        return not set(mode).isdisjoint("wax+")
    return isinstance(flags, int) and bool(flags & WRITING)


def _profile(frame: FrameType, event: str, argument: Any) -> None:  # pragma: no cover - on 3.11 only, and no tracing
    """Called first of all in a thread that the real `threading` starts, on 3.11, which has no audit event for it."""
    sys.setprofile(None)
    if EXECUTION.active:
        sentences.add(f"The code under test {THREAD[0]}: {THREAD[1]}")
        raise Uncontrolled(f"The code under test {THREAD[0]}: {THREAD[1]}")


_listening: list[bool] = []
_importing: list[bool] = []
"""Holds something while a module of code under test is imported."""


@contextlib.contextmanager
def importing() -> Iterator[None]:
    """Refuse forks in the block too, though no execution is active: the child would go on as a second explorer."""
    _importing.append(True)
    try:
        yield
    finally:
        _importing.pop()


def listen() -> None:
    """Start to hear of what the code under test does; once in a process, for an audit hook is for ever."""
    if not _listening:
        _listening.append(True)
        sys.addaudithook(_audit)
        if sys.version_info < (3, 12):  # pragma: no cover - see _profile
            threading.setprofile(_profile)
