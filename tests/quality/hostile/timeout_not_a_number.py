"""A lock is waited for with a timeout that is no number."""

import threading

EXPECT = "raised:ValueError"


def scenario() -> object:
    return threading.Lock().acquire(timeout=float("nan"))
