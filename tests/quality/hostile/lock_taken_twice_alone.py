"""The scenario takes a lock that it holds itself, without any other thread."""

import threading

EXPECT = "stuck"


def scenario() -> object:
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()
    return "done"
