"""What is a connection with one end only, and what is not."""

import os
import socket
import sys
from collections import namedtuple

import psutil
import pytest

from dojo.processes.severed import has_severed_connection, holds_severed

TCP_REPAIR = 19
"""With this option a socket is closed without a word to the other end (linux/tcp.h)."""

MINE, ITS = 20151, 20152
"""The processes of both ends."""
End = namedtuple("End", "laddr raddr status pid", defaults=[psutil.CONN_ESTABLISHED, None])
NEAR, FAR = ("127.0.0.1", 44100), ("127.0.0.1", 40001)
NEAR6, FAR6 = ("::1", 44100), ("::1", 40001)
OURS = ("10.0.2.15", 44100), ("10.0.2.15", 40001)


def mapped(address):
    return f"::ffff:{address[0]}", address[1]


MY_END = End(NEAR, FAR, pid=MINE)
LISTENS = End(("0.0.0.0", FAR[1]), (), psutil.CONN_LISTEN)
TABLES = {
    "both ends": ([MY_END, End(FAR, NEAR, pid=ITS)], False),
    "one end": ([MY_END], True),
    "one end, and somebody listens anew": ([MY_END, LISTENS], True),
    "one end that nobody has answered": ([End(NEAR, FAR, psutil.CONN_SYN_SENT, MINE)], True),
    "one end of IPv6": ([End(NEAR6, FAR6, pid=MINE)], True),
    "both ends of IPv6": ([End(NEAR6, FAR6, pid=MINE), End(FAR6, NEAR6)], False),
    "one end at another address of this machine": ([End(*OURS, pid=MINE)], True),
    "the other end is being made": ([MY_END, End(FAR, NEAR, psutil.CONN_SYN_RECV), LISTENS], False),
    "the other end was being made, and nobody listens": ([MY_END, End(FAR, NEAR, psutil.CONN_SYN_RECV)], True),
    "the other end has hung up": (
        [End(NEAR, FAR, psutil.CONN_CLOSE_WAIT, MINE), End(FAR, NEAR, psutil.CONN_FIN_WAIT2)],
        False,
    ),
    "hung up, and the other end has gone": ([End(NEAR, FAR, psutil.CONN_TIME_WAIT, MINE)], False),
    "the other end serves both kinds of addresses": ([MY_END, End(mapped(FAR), mapped(NEAR))], False),
    "the other end is on another machine": ([End(OURS[0], ("93.184.216.34", 443), pid=MINE)], False),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_connections_tells(name):
    table, expected = TABLES[name]
    assert holds_severed([MINE], table) == expected
    assert not holds_severed([99], table)


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
