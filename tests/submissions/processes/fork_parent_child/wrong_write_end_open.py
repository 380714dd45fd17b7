# wrong: the parent keeps its own write end open and waits for an end of file that cannot come -> hung PIPE-NO-EOF
import os
import traceback


class ChildFailed(Exception):
    def __init__(self, exit_code):
        super().__init__(f"child ended with {exit_code}")
        self.exit_code = exit_code


def child(job, w):
    code = 1
    try:
        data = job()
        with os.fdopen(w, "wb") as f:
            f.write(data)
        code = 0
    except SystemExit as e:
        if e.code is None:
            code = 0
        elif isinstance(e.code, int):
            code = e.code
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def run_in_child(job):
    r, w = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(r)
        child(job, w)
    with os.fdopen(r, "rb") as f:
        data = f.read()
    os.close(w)
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code:
        raise ChildFailed(code)
    return data
