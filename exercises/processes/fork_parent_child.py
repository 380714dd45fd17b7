"""Run a job in a child process, and bring home what it returns.

    run_in_child(job) -> bytes

Fork. The child runs `job` and sends what it returns through a pipe; the parent reads it all, reaps the
child and returns it.

* Any size will do: nothing at all, one byte, several megabytes.
* The child never runs what stands after the call: that is the parent's.
* What the parent had printed into a buffer before the call comes out once, not twice.
* If `job` raises, the child prints the traceback to stderr and exits with 1. SystemExit gives its own
  code, as it would for a program. If a signal ends the child, the code is the negative signal number.
  In all three cases the parent raises ChildFailed with that `exit_code`.
* Afterwards, result or failure: no child, no zombie, no descriptor more than before.
* Other children of the parent are none of its business.

Left open: whether a job that leaves with sys.exit(0) gives b"" or ChildFailed with exit_code 0, and
whether what the job itself leaves in a buffer is printed.
"""

import os
from collections.abc import Callable


class ChildFailed(Exception):
    """The child gave no result; `exit_code` is negative when a signal ended it."""

    def __init__(self, exit_code: int) -> None:
        super().__init__(f"the child ended with exit code {exit_code}")
        self.exit_code = exit_code


def run_in_child(job: Callable[[], bytes]) -> bytes:
    """Run `job` in a child process and return what it returned."""
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.write(write_end, job())
        return b""
    os.close(write_end)
    result = os.read(read_end, 65536)
    os.waitpid(pid, 0)
    return result
