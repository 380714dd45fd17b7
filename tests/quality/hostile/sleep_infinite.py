"""A sleep without end."""

import time

EXPECT = "raised:OverflowError"


def scenario() -> object:
    time.sleep(float("inf"))
    return "done"
