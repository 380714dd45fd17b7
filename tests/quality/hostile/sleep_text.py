"""A sleep of a text."""

import time

EXPECT = "raised:TypeError"


def scenario() -> object:
    time.sleep("1")
    return "done"
