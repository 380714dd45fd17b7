"""TCP connections of this machine that have lost their other end.

Where a listening socket goes at the moment at which a connection to it is being made, Linux may drop what it has of
that connection without a word. Then `connect` has succeeded, and nobody will ever answer or hang up; or it waits, and
is refused when the kernel asks again after a second. No line of a submission decides that, so a run that hangs there
says nothing about the submission. `python tests/quality/severed_connections.py` makes some.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

ESTABLISHED, ASKED_FOR, BEING_MADE, LISTENING = "01", "02", "03", "0A"
"""As Linux numbers the states; in its words ESTABLISHED, SYN_SENT, SYN_RECV and LISTEN."""
_IPV4_IN_IPV6 = "0000000000000000FFFF0000"
_IPV6_LOOPBACK = "00000000000000000000000001000000"


@dataclass(frozen=True, slots=True)
class Connection:
    """One line of /proc/net/tcp; the addresses are "ADDRESS:PORT" as the kernel writes them, in hexadecimal."""

    near: str
    far: str
    state: str
    inode: int


def has_severed_connection(processes: Iterable[int]) -> bool:
    """Say whether one of `processes` holds a connection whose other end, on this machine, is not there.

    Only to be asked while nothing moves. False where the kernel does not show its connections.
    """
    return any(_severed(_connections_of(process), _sockets_of(process)) for process in processes)


def _severed(connections: list[Connection], held: set[int]) -> bool:
    listening = {_port(connection.near) for connection in connections if connection.state == LISTENING}
    # The half that the kernel gave up stands there until it would have been tried again, which takes a second.
    ends = {
        (connection.near, connection.far)
        for connection in connections
        if connection.state != BEING_MADE or _port(connection.near) in listening
    }
    return any(
        connection.inode in held
        and connection.state in (ESTABLISHED, ASKED_FOR)
        and _is_local(connection)
        and (connection.far, connection.near) not in ends
        for connection in connections
    )


def _is_local(connection: Connection) -> bool:
    near, far = connection.near.partition(":")[0], connection.far.partition(":")[0]
    # An IPv4 address stands there with its bytes reversed.
    return far in (near, _IPV6_LOOPBACK) or (len(far) == 8 and far.endswith("7F"))


def _port(address: str) -> str:
    return address.rpartition(":")[2]


def parse_connections(text: str) -> list[Connection]:
    """Return the connections in the text of /proc/net/tcp or /proc/net/tcp6."""
    found = []
    for line in text.splitlines()[1:]:
        words = line.split()
        found.append(Connection(_plain(words[1]), _plain(words[2]), words[3], int(words[9])))
    return found


def _plain(address: str) -> str:
    return address.removeprefix(_IPV4_IN_IPV6)


def _connections_of(process: int) -> list[Connection]:
    """Return what there is in the network that `process` sees."""
    found: list[Connection] = []
    for table in ("tcp", "tcp6"):
        with contextlib.suppress(OSError), open(f"/proc/{process}/net/{table}", encoding="ascii") as file:
            found += parse_connections(file.read())
    return found


def _sockets_of(process: int) -> set[int]:
    return {int(name.removeprefix("socket:[").rstrip("]")) for name in _open_in(process) if name.startswith("socket:[")}


def _open_in(process: int) -> Iterator[str]:
    folder = f"/proc/{process}/fd"
    with contextlib.suppress(OSError):
        for descriptor in os.listdir(folder):
            with contextlib.suppress(OSError):
                yield os.readlink(f"{folder}/{descriptor}")
