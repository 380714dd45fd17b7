"""What every process of a tree was doing, from the dumps that `faulthandler` writes when a process is aborted.

The tree is stopped first, then one process after another is aborted: nobody reacts to the death of another, and every
dump on the shared pipe belongs to one process. The processes do not survive this.
"""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from dojo.model import Place, ProcessStack
from dojo.processes.census import Numbering
from dojo.processes.tree import is_alive, servant_kind, signal_all

HEADER = re.compile(r"^(?:Current thread|Thread) 0x[0-9a-f]+ (?:\[(?P<name>.*)\] )?\(most recent call first\):$")
FRAME = re.compile(r'^  File "(?P<path>.*)", line (?P<line>\d+|\?\?\?) in (?P<function>.*)$')
CHILD_BEGINS = (os.path.join("multiprocessing", "process.py"), "_bootstrap")
"""What stands below this in a forked process is where its parent was at the time."""
OURS = str(Path(__file__).parents[1]) + os.sep
SECONDS_TO_DUMP = 5.0
PAUSE = 0.002

Frames = tuple[tuple[Place, str], ...]


@dataclass(frozen=True, slots=True)
class Names:
    """How reports call the files that stand in a dump: the submission runs under another path than its own."""

    links: tuple[str, ...] = ()
    submission: str = ""
    lines: tuple[str, ...] = ()

    def place(self, path: str, line: int) -> Place:
        """Return a place with the text of its line where the line is the learner's."""
        if path not in self.links:
            return Place(os.path.basename(path), line)
        text = self.lines[line - 1].strip() if 0 < line <= len(self.lines) else ""
        return Place(self.submission, line, text)


def parse_dump(text: str, names: Names) -> list[tuple[str, Frames]]:
    """Return (thread name or "", frames) for each thread of a dump, the main thread first."""
    threads: list[tuple[str, list[tuple[Place, str]]]] = []
    inside = False
    for line in text.splitlines():
        header, frame = HEADER.match(line), FRAME.match(line)
        if header:
            inside = True
            threads.append((header["name"] or "", []))
        elif not frame or (frame["path"].endswith(CHILD_BEGINS[0]) and frame["function"] == CHILD_BEGINS[1]):
            inside = False
        elif inside and not frame["path"].startswith((OURS, "<")):
            number = int(frame["line"]) if frame["line"].isdecimal() else 0
            threads[-1][1].append((names.place(frame["path"], number), frame["function"]))
    # faulthandler goes from the newest thread to the oldest.
    return [(name, tuple(frames)) for name, frames in reversed(threads)]


def collect_stacks(
    stopped: Iterable[int], numbering: Numbering, dump: Callable[[int], str], names: Names
) -> tuple[ProcessStack, ...]:
    """Abort each of the stopped processes and return one stack for each thread of each, the scenario's first."""
    living = [process for process in stopped if is_alive(process)]
    for process in living:
        numbering.of(process)
    # Who started whom can be seen only as long as all are there.
    roles = {process: numbering.role(process) for process in living if not servant_kind(process)}
    stacks: list[ProcessStack] = []
    for process in sorted(roles, key=numbering.of):
        threads = parse_dump(dump(process), names) or [("", ())]
        for index, (name, frames) in enumerate(threads):
            if frames or index == 0:
                other = f", thread {name or index + 1}" if index else ""
                stacks.append(ProcessStack(numbering.of(process), roles[process] + other, frames))
    return tuple(stacks)


def abort(process: int, drain: Callable[[], None]) -> None:
    """Make a stopped process dump its stacks and die; `drain` empties the pipe that it writes to."""
    signal_all([process], signal.SIGABRT)
    signal_all([process], signal.SIGCONT)
    deadline = time.monotonic() + SECONDS_TO_DUMP
    while is_alive(process) and time.monotonic() < deadline:
        drain()
        time.sleep(PAUSE)
    # It may have blocked or caught the signal: it is not to go on meanwhile.
    signal_all([process], signal.SIGKILL)
    drain()
