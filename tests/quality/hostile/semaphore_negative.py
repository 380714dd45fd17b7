"""A semaphore with less than no permits."""

import threading

EXPECT = "raised:ValueError"


def scenario() -> object:
    return repr(threading.Semaphore(-1))
