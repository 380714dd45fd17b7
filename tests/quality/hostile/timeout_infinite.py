"""A lock is waited for with an infinite timeout."""

import threading

EXPECT = "raised:OverflowError"


def scenario() -> object:
    return threading.Lock().acquire(timeout=float("inf"))
