"""A lock is asked for with a timeout, but without blocking."""

import threading

EXPECT = "raised:ValueError"


def scenario() -> object:
    return threading.Lock().acquire(blocking=False, timeout=1)
