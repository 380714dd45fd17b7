# wrong: the child ends with sys.exit, an exception that travels up into the parent's code -> failed FORK-FALLTHROUGH
import os
import sys
import traceback


class ChildFailed(Exception):
    def __init__(self, exit_code):
        super().__init__(f"child ended with {exit_code}")
        self.exit_code = exit_code


def run_in_child(job):
    r, w = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(r)
        try:
            data = job()
        except SystemExit:
            raise
        except BaseException:
            traceback.print_exc()
            sys.exit(1)
        with open(w, "wb") as pipe:
            pipe.write(data)
        sys.exit(0)
    os.close(w)
    with open(r, "rb") as pipe:
        data = pipe.read()
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code != 0:
        raise ChildFailed(code)
    return data
