# right: the message says how long it is, and the parent reads exactly that much
import os
import struct
import traceback


class ChildFailed(Exception):
    def __init__(self, exit_code):
        super().__init__(f"child ended with {exit_code}")
        self.exit_code = exit_code


def _send(fd, data):
    while data:
        data = data[os.write(fd, data) :]


def _receive(fd, size):
    data = b""
    while len(data) < size:
        chunk = os.read(fd, size - len(data))
        if not chunk:
            return None
        data += chunk
    return data


def run_in_child(job):
    r, w = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            result = job()
            _send(w, struct.pack("!Q", len(result)) + result)
        except SystemExit as e:
            if e.code is None:
                os._exit(0)
            os._exit(e.code if isinstance(e.code, int) else 1)
        except BaseException:
            try:
                traceback.print_exc()
            finally:
                os._exit(1)
        os._exit(0)
    os.close(w)
    header = _receive(r, 8)
    result = _receive(r, struct.unpack("!Q", header)[0]) if header else None
    os.close(r)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if result is None or code:
        raise ChildFailed(code)
    return result
