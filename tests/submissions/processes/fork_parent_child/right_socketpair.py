# right: a pair of connected sockets instead of a pipe
import os
import socket
import traceback


class ChildFailed(Exception):
    def __init__(self, exit_code):
        super().__init__(f"child ended with {exit_code}")
        self.exit_code = exit_code


def run_in_child(job):
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            ours.close()
            theirs.sendall(job())
            code = 0
        except SystemExit as e:
            code = e.code if isinstance(e.code, int) else int(e.code is not None)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    theirs.close()
    with ours:
        chunks = []
        while chunk := ours.recv(65536):
            chunks.append(chunk)
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code:
        raise ChildFailed(code)
    return b"".join(chunks)
