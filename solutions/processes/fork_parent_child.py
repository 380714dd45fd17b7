"""Fork, let the child run the job and end on the spot, read its result to the end, reap it."""

import os
import traceback
from collections.abc import Callable
from typing import NoReturn


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
        _be_the_child(job, write_end)
    # The pipe ends when its last writer closes it, and this process is one of its writers.
    os.close(write_end)
    # Read first, wait afterwards: a child with more than the pipe holds cannot end before it is read.
    result = b"".join(iter(lambda: os.read(read_end, 65536), b""))
    os.close(read_end)
    _, status = os.waitpid(pid, 0)
    exit_code = os.waitstatus_to_exitcode(status)
    if exit_code != 0:
        raise ChildFailed(exit_code)
    return result


def _be_the_child(job: Callable[[], bytes], write_end: int) -> NoReturn:
    """Run the job, send its result, and end here: everything up the stack belongs to the parent."""
    exit_code = 1
    try:
        result = job()
        with open(write_end, "wb") as pipe:
            pipe.write(result)
        exit_code = 0
    except SystemExit as leaving:
        exit_code = leaving.code & 0xFF if isinstance(leaving.code, int) else int(leaving.code is not None)
    except BaseException:
        # Past sys.stderr: its buffer is a copy of the parent's, and what it holds is the parent's to print.
        os.write(2, traceback.format_exc().encode(errors="backslashreplace"))
    finally:
        # os._exit, not sys.exit: no clean-up, no flush, no frame of the parent's runs twice.
        os._exit(exit_code)
