# wrong: learns from a first byte how it went and never waits for the child -> leaked ZOMBIE
import os
import traceback


class ChildFailed(Exception):
    def __init__(self, exit_code):
        super().__init__(f"child ended with {exit_code}")
        self.exit_code = exit_code


def child(job, w):
    code = 0
    try:
        message = b"+" + job()
    except SystemExit as e:
        code = e.code if isinstance(e.code, int) else 0 if e.code is None else 1
        message = b"-" + str(code).encode()
    except BaseException:
        traceback.print_exc()
        code = 1
        message = b"-1"
    try:
        with os.fdopen(w, "wb") as f:
            f.write(message)
    finally:
        os._exit(code)


def run_in_child(job):
    r, w = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(r)
        child(job, w)
    os.close(w)
    with os.fdopen(r, "rb") as f:
        message = f.read()
    if not message:
        raise ChildFailed(-9)
    if message[:1] == b"-":
        raise ChildFailed(int(message[1:]))
    return message[1:]
