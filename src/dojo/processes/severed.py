"""TCP connections of this machine that have lost their other end.

Where a listening socket goes at the moment at which a connection to it is being made, Linux may drop what it has of
that connection without a word. Then `connect` has succeeded, and nobody will ever answer or hang up; or it waits, and
is refused when the kernel asks again after a second. No line of a submission decides that, so a run that hangs there
says nothing about the submission. `python tests/quality/severed_connections.py` makes some.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

import psutil


def has_severed_connection(processes: Collection[int]) -> bool:
    """Say whether one of `processes` holds a connection whose other end, on this machine, is not there.

    Only to be asked while nothing moves. False where the system does not show its connections.
    """
    try:
        return holds_severed(processes, psutil.net_connections("tcp"))
    except (psutil.Error, OSError):
        return False


def holds_severed(processes: Collection[int], connections: Iterable[Any]) -> bool:
    """Say the same of `connections`, entries as `psutil.net_connections` returns them."""
    connections = list(connections)
    listening = {connection.laddr[1] for connection in connections if connection.status == psutil.CONN_LISTEN}
    # The half that the kernel gave up stands there until it would have been tried again, which takes a second.
    ends = {
        (_plain(connection.laddr), _plain(connection.raddr))
        for connection in connections
        if connection.raddr and (connection.status != psutil.CONN_SYN_RECV or connection.laddr[1] in listening)
    }
    for connection in connections:
        waits = connection.status in (psutil.CONN_ESTABLISHED, psutil.CONN_SYN_SENT)
        if waits and connection.pid in processes:
            near, far = _plain(connection.laddr), _plain(connection.raddr)
            if (far[0].is_loopback or far[0] == near[0]) and (far, near) not in ends:
                return True
    return False


def _plain(address: tuple[str, int]) -> tuple[IPv4Address | IPv6Address, int]:
    """Return an address in the one form that it has at both ends, also where one of them serves IPv6."""
    where = ip_address(address[0].partition("%")[0])
    return getattr(where, "ipv4_mapped", None) or where, address[1]
