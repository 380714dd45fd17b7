"""A timer is neither cancelled nor joined."""

import threading

EXPECT = "left-alive | returned"


def scenario() -> object:
    threading.Timer(3600, print, args=("",)).start()
    return "done"
