"""What `multiprocessing` leaves to the clock or to luck, replaced for a scenario by what depends on neither.

A manager's server looks once a second whether it should stop: a tree with such a process never comes to rest. Its
connections over TCP send two small messages in a row, of which the kernel keeps the second back for 40 ms (Nagle's
algorithm meets delayed acknowledgements). And a thread of a server that is told to stop just after it has served a
request sends one more answer, None, which its client takes for the answer to its next request: a worker that asks for
a task gets None. None of that is anything that a submission could mean.
"""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any


class _Event(threading.Event):
    """A server's order to stop: its own thread waits until it is set, and those that serve clients hang up then."""

    def __init__(self) -> None:
        super().__init__()
        self._server = threading.get_ident()

    def is_set(self) -> bool:
        if not super().is_set():
            return False
        if threading.get_ident() != self._server:
            # As they do where the client has hung up.
            sys.exit()
        return True

    def wait(self, timeout: float | None = None) -> bool:
        return super().wait()


class _Socket(socket.socket):
    """A socket that sends at once what it is given; so do those that a listening one accepts."""

    def __init__(self, family: int = -1, kind: int = -1, proto: int = -1, fileno: int | None = None) -> None:
        super().__init__(family, kind, proto, fileno)
        if self.family in (socket.AF_INET, socket.AF_INET6) and self.type == socket.SOCK_STREAM:
            self.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


_REPLACED: Mapping[str, tuple[ModuleType, str, Any]] = {
    "multiprocessing.managers": (threading, "Event", _Event),
    "multiprocessing.connection": (socket, "socket", _Socket),
}
"""Module -> what it uses, and the name in there that it is to see another value of."""


@contextlib.contextmanager
def ended_by_events() -> Iterator[None]:
    """Let the modules of `multiprocessing` that are imported now, and processes forked from now on, wait so."""
    changed: list[tuple[ModuleType, ModuleType]] = []
    for name, (used, attribute, value) in _REPLACED.items():
        module = sys.modules.get(name)
        if module is not None:
            seen = ModuleType(used.__name__)
            vars(seen).update({**vars(used), attribute: value})
            setattr(module, used.__name__, seen)
            changed.append((module, used))
    try:
        yield
    finally:
        for module, used in changed:
            setattr(module, used.__name__, used)
