"""The same scenario on real threads: what they do must be among what the model allows.

It keeps the model honest; it never passes or fails a submission. A difference is a fault of ours.
"""

from __future__ import annotations

import functools
import itertools
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any, NamedTuple

from dojo import model
from dojo.explore.endings import key_of, returned
from dojo.loading import Source, compile_source

RUNS = 4
"""For each scenario: a submission has many of them."""
PATIENCE = 20.0
"""Seconds for one run. The model has shown that it comes to an end: only a loaded machine needs more than a moment."""
SWITCH_INTERVAL = 1e-6
TRIES = 50
"""Runs that are traced to find an ending once more."""
LAST_LINES = 60
"""Of a run that differs, as many are told."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A real run that the model knows nothing of: a value, or that it did not end (None)."""

    ending: model.Ending | None
    lines: tuple[str, ...]
    """Which thread came to which line of the submission, in the order in which they did: "Thread-1:12".

    Of another run with the same ending: tracing makes threads slow, so runs are traced only to show what was found.
    """


class Plain(NamedTuple):
    """A source as the interpreter itself compiles it."""

    path: Path
    code: CodeType


def real_runs(
    source: Source, grader: Plain, scenario: str, arguments: Sequence[Any], *, known: Sequence[model.Outcome]
) -> Difference | None:
    """Run the scenario `RUNS` times on real threads; return the first run whose ending is not among `known`."""
    keys = {key_of(outcome.ending) for outcome in known}
    codes = [Plain(source.path, compile_source(source)), grader]
    interval = sys.getswitchinterval()
    hook, threading.excepthook = threading.excepthook, lambda args: None
    # What listens for threads that are not controlled must not meet those of a real run.
    profile = threading.getprofile()
    threading.setprofile(None)
    trace = threading.gettrace()
    sys.setswitchinterval(SWITCH_INTERVAL)

    def run(lines: Lines | None) -> model.Ending | None:
        kata, checks = map(_executed, codes)
        threading.settrace(lines)
        return _run_once(functools.partial(getattr(checks, scenario), kata, *arguments))

    try:
        for _ in range(RUNS):
            ending = run(None)
            if ending is None:
                return Difference(None, ())
            if key_of(ending) not in keys:
                return Difference(ending, _lines_of(ending, run, source.filename))
    finally:
        sys.setswitchinterval(interval)
        threading.setprofile(profile)
        threading.settrace(trace)
        threading.excepthook = hook
    return None


class Lines:
    """A trace function that notes the lines of one file; installed in every thread of a run."""

    def __init__(self, path: str) -> None:
        self.seen: list[str] = []
        self._path = path

    def __call__(self, frame: FrameType, event: str, argument: Any) -> Any:
        """Trace the frames of the file, and no others."""
        return self._line if frame.f_code.co_filename == self._path else None

    def _line(self, frame: FrameType, event: str, argument: Any) -> Any:
        if event == "line":
            thread = threading._active.get(threading.get_ident())  # type: ignore[attr-defined]
            self.seen.append(f"{thread.name if thread else 'a thread'}:{frame.f_lineno}")
        return self._line


def _executed(plain: Plain) -> ModuleType:
    module = ModuleType(plain.path.stem)
    vars(module)["__file__"] = str(plain.path)
    sys.modules[module.__name__] = module
    exec(plain.code, vars(module))
    return module


def _lines_of(ending: model.Ending, run: Callable[[Lines], model.Ending | None], path: str) -> tuple[str, ...]:
    """Return the last lines of a run that ends so; none where it does not come again."""
    for _ in range(TRIES):
        lines = Lines(path)
        again = run(lines)
        if again is None:
            break
        if key_of(again) == key_of(ending):
            return tuple(lines.seen[-LAST_LINES:])
    return ()


def _run_once(scenario: Callable[[], Any]) -> model.Ending | None:
    endings: list[model.Ending] = []
    # Of a kind that asks for no thread's name: who asks from here would become a thread of the scenario's.
    over = threading.Lock()
    over.acquire()

    def keep() -> None:
        # The scenario ends here; only its kind matters, for the model has shown that it returns.
        try:
            endings.append(returned(scenario()))
        except BaseException as error:  # noqa: BLE001
            endings.append(model.Raised(type(error).__name__, str(error), None))
        over.release()

    thread = threading.Thread(target=keep, name="MainThread", daemon=True)
    threads: Any = threading
    me = threading.current_thread()
    kept = threads._main_thread, threads._counter
    # To the scenario it is the program's first thread, and there is no other.
    threads._main_thread, threads._counter = thread, itertools.count(1).__next__
    del threads._active[me.ident]
    try:
        thread.start()
        over.acquire(timeout=PATIENCE)
    finally:
        threads._main_thread, threads._counter = kept
        threads._active[me.ident] = me
    if not endings:
        return None
    thread.join()
    return endings[0]
