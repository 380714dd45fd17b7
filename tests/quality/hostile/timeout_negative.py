"""A lock is waited for with a negative timeout."""

import threading

EXPECT = "raised:ValueError"


def scenario() -> object:
    return threading.Lock().acquire(timeout=-2)
