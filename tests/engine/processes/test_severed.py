"""What is a connection with one end only, and what is not."""

import os
import socket
import sys

import pytest

from dojo.processes.severed import Connection, _severed, has_severed_connection, parse_connections

TCP_REPAIR = 19
"""With this option a socket is closed without a word to the other end (linux/tcp.h)."""

NEAR, FAR = "0100007F:AC44", "0100007F:9C41"
"""127.0.0.1, as the kernel writes it."""
NEAR6, FAR6 = f"{1 << 24:032X}:AC44", f"{1 << 24:032X}:9C41"
MINE, ITS = 20151, 20152
"""The inodes of both ends."""


def line(near, far, state, inode):
    return (
        f"   0: {near} {far} {state} 00000000:00000000 00:00000000 00000000     0        0 {inode} 1 0 20 4 1 10 -1\n"
    )


def mapped(address):
    return f"0000000000000000FFFF0000{address}"


HEADER = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
MY_END = line(NEAR, FAR, "01", MINE)
TABLES = {
    "both ends": (MY_END + line(FAR, NEAR, "01", ITS), False),
    "one end": (MY_END, True),
    "one end, and somebody listens anew": (MY_END + line(FAR, "00000000:0000", "0A", ITS), True),
    "one end that nobody has answered": (line(NEAR, FAR, "02", MINE), True),
    "one end of IPv6": (line(NEAR6, FAR6, "01", MINE), True),
    "both ends of IPv6": (line(NEAR6, FAR6, "01", MINE) + line(FAR6, NEAR6, "01", ITS), False),
    "one end at another address of this machine": (line("0A00020F:AC44", "0A00020F:9C41", "01", MINE), True),
    "the other end is being made": (MY_END + line(FAR, NEAR, "03", 0) + line(FAR, "00000000:0000", "0A", 7), False),
    "the other end was being made, and nobody listens": (MY_END + line(FAR, NEAR, "03", 0), True),
    "the other end has hung up": (line(NEAR, FAR, "08", MINE) + line(FAR, NEAR, "05", 0), False),
    "hung up, and the other end has gone": (line(NEAR, FAR, "06", MINE), False),
    "the other end serves both kinds of addresses": (MY_END + line(mapped(FAR), mapped(NEAR), "01", ITS), False),
    "the other end is on another machine": (line("0A00020F:AC44", "5DB8D822:01BB", "01", MINE), False),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_connections_tells(name):
    table, expected = TABLES[name]
    connections = parse_connections(HEADER + table)
    assert _severed(connections, {MINE}) == expected
    assert not _severed(connections, {99})


def test_a_line_is_read():
    assert parse_connections(HEADER + line(mapped(FAR), NEAR, "01", ITS)) == [Connection(FAR, NEAR, "01", ITS)]


def connected():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        near = socket.create_connection(listener.getsockname())
        return near, listener.accept()[0]


def test_a_connection_with_two_ends_is_whole_until_both_are_closed():
    near, far = connected()
    assert not has_severed_connection([os.getpid()])
    far.close()
    assert not has_severed_connection([os.getpid()])
    near.close()
    assert not has_severed_connection([os.getpid()])


needs_root = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only root may take one end of a connection away"
)


@needs_root
def test_a_connection_whose_other_end_was_taken_away_is_severed():
    near, far = connected()
    far.setsockopt(socket.IPPROTO_TCP, TCP_REPAIR, 1)
    far.close()
    assert has_severed_connection([os.getpid()])
    assert not has_severed_connection([1])
    near.close()
