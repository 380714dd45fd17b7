"""The scenario forks: what a child process does cannot be controlled, and that is said."""

import os

EXPECT = "raised:Uncontrolled"


def scenario() -> object:
    child = os.fork()
    if child == 0:
        os._exit(7)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
