"""Can any process of a tree still go on by itself? Read from the kernel, never from a clock.

One look reads every thread of every process. Two looks at which all threads sleep, with the same counts of context
switches, prove that at the moment between them no thread could run: a thread that had run in between would have been
switched in and out. What sleeps then, and not in a timed wait, sleeps until somebody outside wakes it.
Reading `syscall` makes the kernel wait until the thread is really off the processor, so a thread that was preempted on
its way into a sleep is not taken for a sleeper, on however busy a machine.

A timed wait ends by itself. A tree in which somebody waits so is never *still*, but it *dozes*, and with patience that
counts as much: a polling loop would otherwise keep a scenario waiting for ever. Opening a gate after that patience is
harmless for a right submission, which must cope with any order; a wrong one that sleeps "long enough" is caught as long
as it sleeps less than the patience.
"""

from __future__ import annotations

import os
import platform
import signal
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import psutil

Sleep = Literal["runs", "timed", "until woken"]

# For each call that can wait for a while: which argument says how long. NULL, or negative milliseconds: without end.
TIMED: dict[str, tuple[int, Literal["pointer", "milliseconds"]]] = {
    "poll": (2, "milliseconds"),
    "ppoll": (2, "pointer"),
    "select": (4, "pointer"),
    "pselect6": (4, "pointer"),
    "epoll_wait": (3, "milliseconds"),
    "epoll_pwait": (3, "milliseconds"),
    "epoll_pwait2": (3, "pointer"),
    "futex": (3, "pointer"),
    "futex_wait": (4, "pointer"),
    "futex_waitv": (3, "pointer"),
    "rt_sigtimedwait": (2, "pointer"),
    "semtimedop": (3, "pointer"),
    "mq_timedsend": (4, "pointer"),
    "mq_timedreceive": (4, "pointer"),
    "recvmmsg": (4, "pointer"),
}
# Calls that end only when somebody does something.
UNTIMED = frozenset(
    [
        "read",
        "readv",
        "pread64",
        "write",
        "writev",
        "pwrite64",
        "recvfrom",
        "recvmsg",
        "sendto",
        "sendmsg",
        "accept",
        "accept4",
        "connect",
        "wait4",
        "waitid",
        "pause",
        "rt_sigsuspend",
        "flock",
        "fcntl",
        "open",
        "openat",
        "msgrcv",
        "msgsnd",
        "semop",
        "splice",
        "tee",
        "sendfile",
    ]
)
# Not in the tables, so "timed": nanosleep, clock_nanosleep, restart_syscall, io_uring_enter and everything unknown.
NUMBERS: dict[str, dict[str, int]] = {
    "x86_64": {
        "read": 0, "write": 1, "open": 2, "poll": 7, "pread64": 17, "pwrite64": 18, "readv": 19, "writev": 20,
        "select": 23, "pause": 34, "sendfile": 40, "connect": 42, "accept": 43, "sendto": 44, "recvfrom": 45,
        "sendmsg": 46, "recvmsg": 47, "wait4": 61, "semop": 65, "msgsnd": 69, "msgrcv": 70, "fcntl": 72, "flock": 73,
        "rt_sigtimedwait": 128, "rt_sigsuspend": 130, "futex": 202, "semtimedop": 220, "epoll_wait": 232,
        "mq_timedsend": 242, "mq_timedreceive": 243, "waitid": 247, "openat": 257, "pselect6": 270, "ppoll": 271,
        "splice": 275, "tee": 276, "epoll_pwait": 281, "accept4": 288, "recvmmsg": 299, "epoll_pwait2": 441,
        "futex_waitv": 449, "futex_wait": 455,
    },
    "aarch64": {
        "epoll_pwait": 22, "fcntl": 25, "flock": 32, "openat": 56, "read": 63, "write": 64, "readv": 65, "writev": 66,
        "pread64": 67, "pwrite64": 68, "sendfile": 71, "pselect6": 72, "ppoll": 73, "splice": 76, "tee": 77,
        "waitid": 95, "futex": 98, "rt_sigsuspend": 133, "rt_sigtimedwait": 137, "mq_timedsend": 182,
        "mq_timedreceive": 183, "msgrcv": 188, "msgsnd": 189, "semtimedop": 192, "semop": 193, "accept": 202,
        "connect": 203, "sendto": 206, "recvfrom": 207, "sendmsg": 211, "recvmsg": 212, "accept4": 242,
        "recvmmsg": 243, "wait4": 260, "epoll_pwait2": 441, "futex_waitv": 449, "futex_wait": 455,
    },
}  # fmt: skip
NAMES = {number: name for name, number in NUMBERS.get(platform.machine(), {}).items()}
ON_LINUX = sys.platform == "linux"


def describe_sleep(syscall: str, names: dict[int, str] = NAMES) -> Sleep:
    """Say from a line of /proc/PID/task/TID/syscall how the thread sleeps; what is not known counts as timed."""
    words = syscall.split()
    if not words or words[0] == "running":
        return "runs"
    name = names.get(int(words[0]), "")
    if name in UNTIMED:
        return "until woken"
    if name not in TIMED or len(words) < 7:
        return "timed"
    position, form = TIMED[name]
    value = int(words[1 + position], 16)
    if form == "pointer":
        return "until woken" if value == 0 else "timed"
    # The argument is a C int in a 64-bit register.
    return "until woken" if value & 0x8000_0000 else "timed"


@dataclass(frozen=True, slots=True)
class ThreadLook:
    """One thread at one moment; `switches` changes whenever it has run."""

    process: int
    thread: int
    switches: int
    sleep: Sleep


def look_at_process(process: int) -> list[ThreadLook]:
    """Return a look at each thread of a process; nothing for one that has ended or waits to be reaped."""
    if not ON_LINUX:
        return _look_without_proc(process)
    looks = []
    try:
        threads = [int(name) for name in os.listdir(f"/proc/{process}/task")]
    except OSError:
        return []
    for thread in threads:
        look = _look_at_thread(process, thread)
        if look is not None:
            looks.append(look)
    return looks


def _look_at_thread(process: int, thread: int) -> ThreadLook | None:
    folder = f"/proc/{process}/task/{thread}/"
    try:
        state, switches, timer = _parse_status(_read(folder + "status"))
        if state in "ZX":
            return None
        if state in "Tt":
            return ThreadLook(process, thread, switches, "until woken")
        if state != "S":
            return ThreadLook(process, thread, switches, "runs")
    except (FileNotFoundError, ProcessLookupError):
        return None
    sleep = _sleep_of(folder + "syscall")
    # A handler for SIGALRM means that a timer may be running, which nothing in /proc shows.
    return ThreadLook(process, thread, switches, "timed" if timer and sleep == "until woken" else sleep)


def _sleep_of(path: str) -> Sleep:
    try:
        return describe_sleep(_read(path))
    # Hardened kernels do not let one process see another's calls.
    except OSError:
        return "timed"


def _read(path: str) -> str:
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def _parse_status(text: str) -> tuple[str, int, bool]:
    values = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
    switches = int(values["voluntary_ctxt_switches"]) + int(values["nonvoluntary_ctxt_switches"])
    caught = int(values["SigCgt"], 16)
    return values["State"].split()[0], switches, bool(caught & 1 << (signal.SIGALRM - 1))


def _look_without_proc(process: int) -> list[ThreadLook]:
    """Elsewhere only the whole process can be seen: unchanged counts say that it sleeps, never for how long."""
    try:
        seen = psutil.Process(process)
        if seen.status() == psutil.STATUS_ZOMBIE:
            return []
        spent = seen.cpu_times()
        switches = seen.num_ctx_switches().voluntary + int((spent.user + spent.system) * 1e6)
    except psutil.Error:
        return []
    return [ThreadLook(process, 0, switches, "timed")]


@dataclass(slots=True)
class Watch:
    """Remembers looks at one tree, and says for how long nothing has moved in it.

    `now` comes from the caller, who also says when something arrived from the tree: that starts everything anew.
    """

    looks: int = 0
    """How many looks in a row were the same, with everybody asleep until woken."""
    still_for: float = 0.0
    dozed_for: float = 0.0
    """Seconds during which everybody slept, some of them in timed waits."""
    wakes: int = 0
    """How often the least busy of the timed sleepers has woken up meanwhile."""
    _last: dict[tuple[int, int], ThreadLook] = field(default_factory=dict)
    _first: dict[tuple[int, int], int] = field(default_factory=dict)
    _since: float = 0.0
    _at: float = 0.0
    _calm: bool = False

    def restart(self) -> None:
        """Forget everything: something arrived."""
        self.looks, self.still_for, self.dozed_for, self.wakes = 0, 0.0, 0.0, 0
        self._last, self._first, self._calm = {}, {}, False

    def look(self, processes: Iterable[int], now: float) -> None:
        """Look once at every thread of `processes`."""
        seen: dict[tuple[int, int], ThreadLook] = {}
        for process in processes:
            seen.update({(look.process, look.thread): look for look in look_at_process(process)})
        if seen.keys() != self._last.keys():
            self.restart()
            self._first = {key: look.switches for key, look in seen.items()}
        self._judge(seen, now)
        self._last, self._at = seen, now

    def _judge(self, seen: dict[tuple[int, int], ThreadLook], now: float) -> None:
        calm = all(look.sleep != "runs" for look in seen.values()) and (ON_LINUX or seen == self._last)
        if calm and self._calm:
            self.dozed_for += now - self._at
        timed = [key for key, look in seen.items() if look.sleep == "timed"]
        self.wakes = min((seen[key].switches - self._first[key] for key in timed), default=0)
        if calm and not timed and seen == self._last:
            self.looks += 1
            self.still_for = now - self._since
        elif calm and not timed:
            self.looks, self.still_for, self._since = 1, 0.0, now
        else:
            self.looks, self.still_for = 0, 0.0
        self._calm = calm
