"""The scenario forks, and the child leaves at once."""

import os

EXPECT = "returned"
VALUE = 7


def scenario() -> object:
    child = os.fork()
    if child == 0:
        os._exit(7)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
