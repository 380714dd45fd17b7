"""A sleep of no number of seconds."""

import time

EXPECT = "raised:ValueError"


def scenario() -> object:
    time.sleep(float("nan"))
    return "done"
