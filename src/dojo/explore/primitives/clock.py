"""The stand-in for `time`: sleeping is a step, and the clocks show the execution's own time."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import ModuleType
from typing import Any, SupportsFloat

from dojo.explore import virtual_time
from dojo.explore.execution import EXECUTION
from dojo.explore.primitives.arguments import sleep_seconds
from dojo.explore.primitives.modules import stand_in

EPOCH = 1_700_000_000.0
BOOT = 1_000.0


def monotonic() -> float:
    return BOOT + (virtual_time.now(EXECUTION) if EXECUTION.active else 0.0)


def wall_time() -> float:
    return EPOCH + (virtual_time.now(EXECUTION) if EXECUTION.active else 0.0)


def sleep(seconds: SupportsFloat, /) -> None:
    virtual_time.sleep(EXECUTION, sleep_seconds(seconds))


def time_module() -> ModuleType:
    """Return the stand-in for `time`: everything as it is, but the clocks are virtual."""
    # Computing takes no time here, so that the time a thread has used is the time that has passed.
    clocks: dict[str, Callable[[], float]] = dict.fromkeys(
        ("monotonic", "perf_counter", "process_time", "thread_time"), monotonic
    )
    clocks["time"] = wall_time
    in_nanoseconds = {f"{name}_ns": _in_nanoseconds(clock) for name, clock in clocks.items()}
    converters = {name: _of_now(getattr(time, name)) for name in ("ctime", "gmtime", "localtime")}
    return stand_in(time, {**clocks, **in_nanoseconds, **converters, "sleep": sleep, "strftime": _strftime})


def _strftime(text: str, moment: Any = None, /) -> str:
    return time.strftime(text, time.localtime(wall_time()) if moment is None else moment)


def _in_nanoseconds(clock: Callable[[], float]) -> Callable[[], int]:
    return lambda: int(clock() * 1e9)


def _of_now(convert: Callable[..., Any]) -> Callable[..., Any]:
    """Let a function that takes the current time where it is given none take that of the execution."""
    return lambda moment=None, /: convert(wall_time() if moment is None else moment)
