"""`os._exit` ends the process without a word: only a process outside can tell. Run it in a child."""

import os

EXPECT = "died:3"


def scenario() -> object:
    os._exit(3)
