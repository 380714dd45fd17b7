"""The trusted end of gates and recorders: a Unix-domain socket, served by the loop that watches the scenario.

The rule of gates: a gate opens only when nothing else in the scenario can go on. Then the labels of all calls that wait
are noted as a quiet point, and the plan says which of them may go: the order of events is forced, without any clock.
"""

from __future__ import annotations

import contextlib
import json
import re
import selectors
import socket
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from dojo.model import Json, QuietPoint, Record
from dojo.processes.census import Numbering, count_children
from dojo.processes.tree import is_alive

Plan = Literal["first", "last", "all"]
KILLED = "killed-at-gate"
MESSAGE_LIMIT = 1 << 20
CHUNK = 1 << 16


@dataclass(eq=False)
class Call:
    """One connection: one call of a gate, a recorder or a question, from its first byte to its reply."""

    connection: socket.socket
    process: int
    received: bytearray = field(default_factory=bytearray)
    label: str = ""
    """What it waits for at a gate."""
    question: bool = False

    def rank(self) -> list[tuple[int, str]]:
        """Return a sort key for the label in which "2" comes before "10"."""
        return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", self.label)]


class Director:
    """Opens gates by a plan and keeps what recorders say; one for each run of a scenario."""

    def __init__(self, plan: Plan = "first") -> None:
        self.plan = plan
        self.numbering = Numbering()
        self.calls = 0
        self._records: list[Record] = []
        self._quiet: list[QuietPoint] = []
        self._waiting: list[Call] = []
        self._settled = 0
        self._open: list[Call] = []
        self._curtain = False
        self._listener: socket.socket | None = None
        self._selector: selectors.BaseSelector | None = None

    @property
    def records(self) -> tuple[Record, ...]:
        """Everything that was recorded, in the order in which it arrived."""
        return tuple(self._records)

    @property
    def quiet(self) -> tuple[QuietPoint, ...]:
        """Every quiet point at which a gate was opened."""
        return tuple(self._quiet)

    def listen(self, address: str, selector: selectors.BaseSelector) -> None:
        """Serve `address`; the events of `selector` carry the callable that handles them."""
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._listener.bind(address)
        self._listener.listen(256)
        self._listener.setblocking(False)
        self._selector = selector
        selector.register(self._listener, selectors.EVENT_READ, self._accept)

    def close(self) -> None:
        """Stop serving; whoever still waits is left to be killed."""
        for call in list(self._open):
            self._forget(call)
        if self._listener is not None and self._selector is not None:
            self._selector.unregister(self._listener)
            self._listener.close()
            self._listener = None

    def drop_curtain(self) -> None:
        """Open no gate from now on: the scenario has returned, and what still waits was left behind."""
        self._curtain = True

    def notice_deaths(self) -> None:
        """Note calls whose process has died while a copy of their connection lives on in a forked child."""
        for call in [call for call in self._waiting if not is_alive(call.process)]:
            self._killed(call)

    def let_one_go(self) -> bool:
        """Nothing moves: answer the questions, or else open gates by the plan; say whether anything was let go."""
        questions = [call for call in self._open if call.question]
        for call in questions:
            self._reply(call, count_children(call.process))
        if questions or self._curtain or not self._waiting:
            return bool(questions)
        self._sort_newcomers()
        self._quiet.append(QuietPoint(tuple(call.label for call in self._waiting)))
        for call in self._chosen():
            self._waiting.remove(call)
            self._reply(call, None)
        self._settled = len(self._waiting)
        return True

    def _sort_newcomers(self) -> None:
        """Put the calls that came since the last quiet point in the order of their labels.

        Nothing ordered them but the system's scheduler; so the same run has the same quiet points on every machine.
        """
        self._waiting[self._settled :] = sorted(self._waiting[self._settled :], key=Call.rank)
        for call in self._waiting:
            self.numbering.of(call.process)

    def _chosen(self) -> list[Call]:
        match self.plan:
            case "first":
                return self._waiting[:1]
            case "last":
                return self._waiting[-1:]
            case "all":
                return list(self._waiting)

    def _accept(self) -> None:
        assert self._listener is not None and self._selector is not None
        with contextlib.suppress(OSError):
            connection, _ = self._listener.accept()
            connection.setblocking(False)
            call = Call(connection, _peer(connection))
            self._open.append(call)
            self._selector.register(connection, selectors.EVENT_READ, lambda: self._receive(call))

    def _receive(self, call: Call) -> None:
        try:
            part = call.connection.recv(CHUNK)
        except BlockingIOError:
            return
        except OSError:
            part = b""
        call.received += part
        if not part and call in self._waiting:
            self._killed(call)
        elif not part or len(call.received) > MESSAGE_LIMIT:
            self._forget(call)
        elif call.received.endswith(b"\n"):
            self._understand(call)

    def _understand(self, call: Call) -> None:
        self.calls += 1
        try:
            message = json.loads(bytes(call.received))
            kind, name, sender = message["call"], message["name"], message["pid"]
            assert type(name) is str and type(sender) is int
            handler = self._handlers()[kind]
        # Only a submission that talks to the socket by itself sends anything else.
        except (ValueError, KeyError, TypeError, AssertionError, RecursionError):
            self._forget(call)
            return
        call.received.clear()
        call.process = call.process or sender
        handler(call, name, message)

    def _handlers(self) -> dict[str, Callable[[Call, str, dict[str, Json]], None]]:
        return {"gate": self._wait, "record": self._record, "children": self._question}

    def _wait(self, call: Call, name: str, message: dict[str, Json]) -> None:
        call.label = str(message.get("label"))
        self._waiting.append(call)

    def _record(self, call: Call, name: str, message: dict[str, Json]) -> None:
        self._records.append(Record(name, message.get("value"), self.numbering.of(call.process)))
        self._reply(call, None)

    def _question(self, call: Call, name: str, message: dict[str, Json]) -> None:
        call.question = True

    def _reply(self, call: Call, answer: Json) -> None:
        with contextlib.suppress(OSError):
            call.connection.send(json.dumps(answer).encode() + b"\n")
        self._forget(call)

    def _killed(self, call: Call) -> None:
        self._stop_waiting(call)
        self._records.append(Record(KILLED, call.label, self.numbering.of(call.process)))
        self._forget(call)

    def _stop_waiting(self, call: Call) -> None:
        if self._waiting.index(call) < self._settled:
            self._settled -= 1
        self._waiting.remove(call)

    def _forget(self, call: Call) -> None:
        assert self._selector is not None
        self._open.remove(call)
        if call in self._waiting:
            self._stop_waiting(call)
        self._selector.unregister(call.connection)
        call.connection.close()


def _peer(connection: socket.socket) -> int:
    """Return the process at the other end as the kernel knows it; 0 where the kernel does not say."""
    if sys.platform != "linux":
        return 0
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    process, _, _ = struct.unpack("3i", credentials)
    return int(process)
