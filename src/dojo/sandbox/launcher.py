"""The trusted side's handle on a zygote."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from dojo.errors import InternalError
from dojo.processes.tree import descendants_of, end_all, find_by_environment

TOKEN = "DOJO_CHECK"
SECONDS_TO_ANSWER = 60.0
"""A fork takes milliseconds; only a stopped or dead zygote, or a machine in ruins, takes so long."""


LONGEST_ADDRESS = 90
"""A Unix-domain socket's path may have little more than a hundred bytes, and multiprocessing adds some to ours."""


class ZygoteGoneError(Exception):
    """The zygote was ended from outside."""


@dataclass(frozen=True, slots=True)
class Handed:
    """The descriptors that a new child gets, to be closed here once it has them."""

    output: int
    errors: int
    channel: int


class Launcher:
    """Starts one zygote, asks it for children and hears who has ended."""

    def __init__(self) -> None:
        self.token = secrets.token_hex(16)
        self.ended: dict[int, int] = {}
        """Exit codes of the direct children of the zygote, orphans that it adopted included."""
        self.home = _make_home()
        """A folder for what jobs need of the file system; the zygote removes it, should nobody else be left to."""
        self._started: list[int] = []
        self._held = b""
        self.control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "dojo.sandbox.zygote", str(theirs.fileno()), str(self.home)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env=_environment(self.token),
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self.control.setblocking(False)

    @property
    def process(self) -> int:
        """The zygote's id; every process of a check is below it."""
        return self._process.pid

    def tree(self) -> list[int]:
        """Return every process of the check that runs, zombies included."""
        return descendants_of(self.process)

    def start(self, handed: Handed, request: bytes) -> int:
        """Have a child forked for a packed request and return its id; without a zygote raise ZygoteGoneError."""
        self.ended.clear()
        try:
            socket.send_fds(self.control, [request], [handed.output, handed.errors, handed.channel])
        except OSError as error:
            raise ZygoteGoneError from error
        deadline = time.monotonic() + SECONDS_TO_ANSWER
        while not self._started:
            left = deadline - time.monotonic()
            if left <= 0:
                raise ZygoteGoneError
            select.select([self.control], [], [], left)
            self.listen()
        return self._started.pop()

    def listen(self) -> None:
        """Take in what the zygote has said; raise ZygoteGoneError if it has ended."""
        try:
            data = self.control.recv(1 << 16)
        except BlockingIOError:
            return
        except OSError as error:
            raise ZygoteGoneError from error
        if not data:
            raise ZygoteGoneError
        *lines, self._held = (self._held + data).split(b"\n")
        for line in lines:
            message = json.loads(line)
            if "started" in message:
                self._started.append(message["started"])
            else:
                self.ended[message["ended"]] = message["code"]

    def clear(self) -> bool:
        """Kill everything below the zygote and wait until it is reaped; False if that does not succeed."""
        # A submission may have stopped it.
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process, signal.SIGCONT)
        return end_all(self.tree)

    def close(self) -> int | None:
        """End the zygote and everything that was ever started by it; return how it had ended if it was gone before."""
        self.control.close()
        code = self._process.poll()
        if code is None:
            self.clear()
            self._process.kill()
            self._process.wait()
        end_all(lambda: find_by_environment(TOKEN, self.token))
        shutil.rmtree(self.home, ignore_errors=True)
        return code

    def explain(self) -> None:
        """Raise InternalError if the zygote ended by itself: no submission can do that to it."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            code = self._process.wait(SECONDS_TO_ANSWER)
            if code >= 0:
                raise InternalError("zygote-failed", f"The process that starts the checks ended with {code}.")


def _make_home() -> Path:
    parent = None if len(tempfile.gettempdir()) < LONGEST_ADDRESS - 40 else "/tmp"
    return Path(tempfile.mkdtemp(prefix="dojo-", dir=parent)).resolve()


def _environment(token: str) -> dict[str, str]:
    environment = dict(os.environ)
    # Output is to be buffered as in any pipeline, whatever the shell of the learner says.
    environment.pop("PYTHONUNBUFFERED", None)
    # A set of strings has the same order in every run: the order of the steps over it would differ else.
    environment["PYTHONHASHSEED"] = "0"
    # The processes that a submission spawns dump their stacks when they are aborted, too.
    return {**environment, TOKEN: token, "PYTHONFAULTHANDLER": "1"}
