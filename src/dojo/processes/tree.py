"""The processes below another one: who they are, what they use, and how to end them all."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

import psutil

PROC = Path("/proc")
# Some kernels are built without it; reading it takes a hundredth of the time that going through all processes takes.
PROC_KNOWS_CHILDREN = (PROC / "self" / "task" / str(os.getpid()) / "children").exists()
TRACKER = "multiprocessing.resource_tracker"
FORK_SERVER = "multiprocessing.forkserver"
PAUSE = 0.002
SECONDS_TO_DIE = 10.0
"""A killed process that is still there after this long is stuck in the kernel, and nobody can do anything about it."""


def children_of(process: int) -> list[int]:
    """Return the children of a process, zombies included; none if it is gone."""
    if PROC_KNOWS_CHILDREN:
        return _children_by_proc(process)
    try:
        return [child.pid for child in psutil.Process(process).children()]
    except psutil.Error:
        return []


def _children_by_proc(process: int) -> list[int]:
    found: list[int] = []
    try:
        # Plain strings and descriptors: this is asked every few milliseconds.
        for task in os.listdir(f"/proc/{process}/task"):
            with open(f"/proc/{process}/task/{task}/children", "rb") as file:
                found += map(int, file.read().split())
    except OSError:
        # The process, or one of its threads, ended meanwhile: the caller looks again anyway.
        return found
    return found


def descendants_of(root: int) -> list[int]:
    """Return all processes below `root`, parents before their children, zombies included."""
    found: list[int] = []
    level = children_of(root)
    while level:
        found += level
        level = [child for process in level for child in children_of(process)]
    return found


def is_alive(process: int) -> bool:
    """Say whether a process exists and is more than a zombie."""
    try:
        return psutil.Process(process).status() not in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD)
    except psutil.Error:
        return False


def command_of(process: int) -> list[str]:
    """Return the command line of a process; empty if it is gone or a zombie."""
    try:
        return psutil.Process(process).cmdline()
    except (psutil.Error, OSError):
        return []


def servant_kind(process: int) -> str | None:
    """Say which of multiprocessing's own helpers a process is: "the resource tracker", "the fork server" or None.

    What the fork server forked has its command line too; its parent tells the two apart.
    """
    command = " ".join(command_of(process))
    if TRACKER in command:
        return "the resource tracker"
    if FORK_SERVER not in command:
        return None
    try:
        parent = psutil.Process(process).ppid()
    except psutil.Error:
        return None
    return None if FORK_SERVER in " ".join(command_of(parent)) else "the fork server"


# ------------------------------------------------------------------------------------------------ usage


@dataclass(frozen=True, slots=True)
class Usage:
    """What a tree uses: bytes of memory of its own, seconds of processor time so far."""

    memory: int
    processor_seconds: float


def usage_of(processes: Iterable[int]) -> Usage:
    """Add up what some processes use, and what their children that have ended had used."""
    memory, shared, seconds = 0, 0, 0.0
    for process in processes:
        try:
            seen = psutil.Process(process)
            spent = seen.cpu_times()
            own, common = _memory_of(seen)
        except (psutil.Error, OSError, ValueError):
            continue
        seconds += spent.user + spent.system + spent.children_user + spent.children_system
        memory += own
        # Shared memory is mapped into many processes and stored once.
        shared = max(shared, common)
    return Usage(memory + shared, seconds)


def _memory_of(process: psutil.Process) -> tuple[int, int]:
    if sys.platform != "linux":
        return process.memory_info().rss, 0
    text = (PROC / str(process.pid) / "status").read_text(errors="replace")
    values = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
    own, common = values.get("RssAnon", "0 kB"), values.get("RssShmem", "0 kB")
    return int(own.split()[0]) * 1024, int(common.split()[0]) * 1024


# --------------------------------------------------------------------------------------------- the end


def signal_all(processes: Iterable[int], number: signal.Signals) -> None:
    """Send a signal to each of the processes that are still there."""
    for process in processes:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(process, number)


def stop_all(find: Callable[[], Collection[int]]) -> list[int]:
    """Stop every process that `find` returns until it finds no new one; return them all.

    A stopped process starts no other, so what is found is complete, whatever a fork bomb does meanwhile.
    """
    stopped: list[int] = []
    while True:
        new = [process for process in find() if process not in stopped]
        if not new:
            return stopped
        signal_all(new, signal.SIGSTOP)
        stopped += new


def end_all(find: Callable[[], Collection[int]], between: Callable[[], object] = lambda: None) -> bool:
    """Kill every process that `find` returns until it finds none alive; say whether that succeeded.

    Zombies do not count: whoever is their parent reaps them. `between` is called while waiting.
    """
    deadline = time.monotonic() + SECONDS_TO_DIE
    seen: set[int] | None = None
    while True:
        found = set(find())
        alive = [process for process in found if is_alive(process)]
        if not alive and found == seen:
            return True
        # Children of one that ends while the tree is read get another parent, and may be found in neither place: only
        # what two looks in a row agree on is so.
        seen = found
        if time.monotonic() > deadline:
            return False
        if alive:
            signal_all(stop_all(lambda: [process for process in find() if is_alive(process)]), signal.SIGKILL)
            between()
            time.sleep(PAUSE)


def find_by_environment(variable: str, value: str) -> list[int]:
    """Return all processes of this machine that were started with `variable` set to `value`, wherever they went."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if process.environ().get(variable) == value:
                found.append(process.pid)
    return found
