"""Waiting for an event with an infinite timeout."""

import threading

EXPECT = "raised:OverflowError"


def scenario() -> object:
    return threading.Event().wait(timeout=float("inf"))
