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
from types import CodeType, ModuleType
from typing import Any

from dojo import model
from dojo.explore.endings import key_of, returned
from dojo.loading import Source, compile_source

RUNS = 10
PATIENCE = 20.0
"""Seconds for one run. The model has shown that it comes to an end: only a loaded machine needs more than a moment."""
SWITCH_INTERVAL = 1e-6


@dataclass(frozen=True, slots=True)
class Difference:
    """A real run that the model knows nothing of: a value, or that it did not end (None)."""

    ending: model.Ending | None


def real_runs(
    source: Source, grader: Source, scenario: str, arguments: Sequence[Any], *, known: Sequence[model.Outcome]
) -> Difference | None:
    """Run the scenario `RUNS` times on real threads; return the first run whose ending is not among `known`."""
    keys = {key_of(outcome.ending) for outcome in known}
    codes = [(text, compile_source(text)) for text in (source, grader)]
    interval = sys.getswitchinterval()
    hook, threading.excepthook = threading.excepthook, lambda args: None
    # What listens for threads that are not controlled must not meet those of a real run.
    profile = threading.getprofile()
    threading.setprofile(None)
    sys.setswitchinterval(SWITCH_INTERVAL)
    try:
        for _ in range(RUNS):
            kata, checks = (_executed(text, code) for text, code in codes)
            ending = _run_once(functools.partial(getattr(checks, scenario), kata, *arguments))
            if ending is None or key_of(ending) not in keys:
                return Difference(ending)
    finally:
        sys.setswitchinterval(interval)
        threading.setprofile(profile)
        threading.excepthook = hook
    return None


def _executed(source: Source, code: CodeType) -> ModuleType:
    module = ModuleType(source.path.stem)
    vars(module)["__file__"] = str(source.path)
    sys.modules[module.__name__] = module
    exec(code, vars(module))
    return module


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
