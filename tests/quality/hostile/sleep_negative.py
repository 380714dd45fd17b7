"""A sleep of less than no time."""

import time

EXPECT = "raised:ValueError"


def scenario() -> object:
    time.sleep(-1)
    return "done"
