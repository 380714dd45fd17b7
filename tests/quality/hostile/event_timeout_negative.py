"""Waiting for an event for less than no time comes back at once."""

import threading

EXPECT = "returned"
VALUE = False


def scenario() -> object:
    return threading.Event().wait(timeout=-5)
