"""A lock that is taken at import is held when the scenario begins."""

import threading

EXPECT = "stuck"


LOCK = threading.Lock()
LOCK.acquire()


def scenario() -> object:
    with LOCK:
        return "done"
