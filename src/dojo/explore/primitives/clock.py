"""The stand-in for `time`: sleeping is a step, and the clocks show the execution's own time."""

from __future__ import annotations

import math
import time
from types import ModuleType
from typing import SupportsFloat, SupportsIndex

from dojo.explore.execution import EXECUTION

EPOCH = 1_700_000_000.0
BOOT = 1_000.0


def monotonic() -> float:
    return BOOT + (EXECUTION.now() if EXECUTION.active else 0.0)


def wall_time() -> float:
    return EPOCH + (EXECUTION.now() if EXECUTION.active else 0.0)


def sleep(seconds: SupportsFloat) -> None:
    if not isinstance(seconds, SupportsFloat | SupportsIndex):
        raise TypeError(f"'{type(seconds).__name__}' object cannot be interpreted as an integer")
    duration = float(seconds)
    if math.isnan(duration):
        raise ValueError("Invalid value NaN (not a number)")
    if duration < 0:
        raise ValueError("sleep length must be non-negative")
    EXECUTION.sleep(duration)


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
