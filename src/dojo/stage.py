"""The scenario's side of a supervised run: gates and recorders that work from any process or thread of it.

Imported in every process that a scenario starts afresh, so it imports little, and has no dataclasses.
Each call opens a connection of its own and closes it again: nothing is shared over a fork, nothing stays open to be
counted or closed by the learner's code.
"""

from __future__ import annotations

import json
import os
import socket
from collections import namedtuple

# Not that of `typing`, whose import costs more than this module.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from dojo.model import Json

REPLY_LIMIT = 4096


class Gate(namedtuple("Gate", "address name")):
    """Blocks whoever calls it until the supervisor opens it; can be pickled."""

    __slots__ = ()

    def __call__(self, label: object) -> None:
        """Wait here: the supervisor opens one gate at a time, when nothing else in the scenario can go on."""
        _ask(self.address, {"call": "gate", "name": self.name, "label": _label(label)})


class Recorder(namedtuple("Recorder", "address name")):
    """Tells the supervisor what happened, in the order in which it happened; can be pickled."""

    __slots__ = ()

    def __call__(self, value: Json) -> None:
        """Return once the supervisor has noted `value`: nothing that happens afterwards can undo it."""
        _ask(self.address, {"call": "record", "name": self.name, "value": value})


class Stage(namedtuple("Stage", "address start_method")):
    """What a scenario with real processes may ask of its supervisor."""

    __slots__ = ()

    def gate(self, name: str) -> Gate:
        """Return a callable at which a process waits for the supervisor."""
        return Gate(self.address, name)

    def recorder(self, name: str) -> Recorder:
        """Return a callable that tells the supervisor a value."""
        return Recorder(self.address, name)

    def descriptors(self) -> int:
        """Return how many descriptors this process has open."""
        # The listing has one of its own open while it is made.
        return len(os.listdir("/proc/self/fd" if os.path.isdir("/proc/self/fd") else "/dev/fd")) - 1

    def children(self) -> int:
        """Return how many children, alive or zombie, this process has once nothing moves any more.

        multiprocessing's resource tracker and fork server do not count; living children of that fork server do.
        """
        answer = _ask(self.address, {"call": "children", "name": "", "value": None})
        assert isinstance(answer, int)
        return answer


def _label(label: object) -> str:
    return label if type(label) is str else repr(label)


def _ask(address: str, message: dict[str, Json]) -> Json:
    request = json.dumps({**message, "pid": os.getpid()}).encode() + b"\n"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        # The learner may have called socket.setdefaulttimeout.
        connection.settimeout(None)
        connection.connect(address)
        connection.sendall(request)
        return _reply(connection)


def _reply(connection: socket.socket) -> Json:
    received = b""
    while not received.endswith(b"\n"):
        part = connection.recv(REPLY_LIMIT)
        if not part:
            raise ConnectionError("the supervisor of this scenario has gone")
        received += part
    answer: Json = json.loads(received)
    return answer
