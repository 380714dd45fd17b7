"""The process that starts the checks' processes: everything imported once, nothing of a learner ever run in it.

Started as `python -m dojo.sandbox.zygote DESCRIPTOR FOLDER`. A request and three descriptors on its control socket (the
ends of the output, the errors and the channel) make it fork one child; a line of JSON says which. It is the reaper of
all that the children leave behind, so that every process of a check can be found below it. It dies with the trusted
side, and removes the folder.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import resource
import select
import shutil
import signal
import socket
import sys
from typing import NoReturn

from dojo.explore.prepared import prepare
from dojo.model import Json
from dojo.processes.tree import descendants_of, end_all
from dojo.sandbox import child
from dojo.sandbox.framing import TO_EXPLORE, receive_request

PR_SET_CHILD_SUBREAPER = 36
HANDED_OVER = 3


def main(arguments: list[str]) -> None:
    """Serve fork requests until the control socket closes."""
    control = socket.socket(fileno=int(arguments[1]))
    leave_no_bytecode()
    become_subreaper()
    wakeup = watch_children()
    gc.collect()
    gc.freeze()
    while True:
        ready, _, _ = select.select([control.fileno(), wakeup], [], [])
        if wakeup in ready:
            os.read(wakeup, 4096)
            report_ended(control)
        if control.fileno() in ready and not fork_one(control):
            break
    end_all(lambda: descendants_of(os.getpid()), between=reap)
    shutil.rmtree(arguments[2], ignore_errors=True)


def leave_no_bytecode() -> None:
    """Have the children, and what they spawn, write nothing beside the learner's file; our own modules are imported."""
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"


def become_subreaper() -> None:
    """Become the parent of orphaned descendants, where the system has such a thing."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def watch_children() -> int:
    """Return a descriptor that becomes readable when a child has ended."""
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return reading


def reap() -> list[tuple[int, int]]:
    """Reap all children that have ended; return their ids with their exit codes."""
    ended: list[tuple[int, int]] = []
    while True:
        try:
            process, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return ended
        if process == 0:
            return ended
        ended.append((process, os.waitstatus_to_exitcode(status)))


def report_ended(control: socket.socket) -> None:
    """Tell the trusted side who has ended."""
    for process, code in reap():
        report(control, {"ended": process, "code": code})


def report(control: socket.socket, message: dict[str, Json]) -> None:
    """Send one line; a trusted side that is gone is noticed by the main loop."""
    try:
        control.sendall(json.dumps(message).encode() + b"\n")
    except OSError:
        return


def fork_one(control: socket.socket) -> bool:
    """Fork the child that was asked for; False when the trusted side has gone."""
    try:
        request, grader, descriptors = receive_request(control, HANDED_OVER)
    except (ConnectionError, EOFError):
        return False
    if request == TO_EXPLORE:
        prepare(grader)
        gc.freeze()
    process = os.fork()
    if process == 0:
        become_child(*descriptors)
    for descriptor in descriptors:
        os.close(descriptor)
    report(control, {"started": process})
    return True


def become_child(output: int, errors: int, channel: int) -> NoReturn:
    """Cut every tie to the zygote, then serve the one job."""
    os.setsid()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    nothing = os.open(os.devnull, os.O_RDONLY)
    for standard, descriptor in enumerate((nothing, output, errors)):
        os.dup2(descriptor, standard)
    os.closerange(3, channel)
    os.closerange(channel + 1, os.sysconf("SC_OPEN_MAX"))
    child.serve(socket.socket(fileno=channel))


if __name__ == "__main__":
    main(sys.argv)
