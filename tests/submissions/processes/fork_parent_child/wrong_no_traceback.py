# wrong: the child exits with 1 and tells nobody why -> failed EXCEPTION-LOST
import os


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
        except SystemExit as e:
            os._exit(e.code if isinstance(e.code, int) else 0 if e.code is None else 1)
        except BaseException:
            os._exit(1)
        with os.fdopen(w, "wb") as f:
            f.write(data)
        os._exit(0)
    os.close(w)
    with os.fdopen(r, "rb") as f:
        data = f.read()
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code:
        raise ChildFailed(code)
    return data
