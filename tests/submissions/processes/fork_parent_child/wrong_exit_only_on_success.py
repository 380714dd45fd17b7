# wrong: os._exit stands after the job: a job that raises sends the child up the stack -> failed FORK-FALLTHROUGH
import os


class ChildFailed(Exception):
    def __init__(self, exit_code):
        super().__init__(f"child ended with {exit_code}")
        self.exit_code = exit_code


def run_in_child(job):
    r, w = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(r)
        result = job()
        with open(w, "wb") as out:
            out.write(result)
        os._exit(0)
    os.close(w)
    with open(r, "rb") as source:
        result = source.read()
    status = os.waitpid(pid, 0)[1]
    code = os.waitstatus_to_exitcode(status)
    if code:
        raise ChildFailed(code)
    return result
