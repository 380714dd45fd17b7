"""Make connections to a listening socket that goes at that moment, and count those that lose their other end.

Usage: python tests/quality/severed_connections.py [CONNECTIONS]

Linux only, two processors. It shows the reason for `dojo.processes.severed`: a client that has connected and waits for
ever, with nobody at the other end, although both programs are right.
"""

import mmap
import os
import random
import socket
import sys
from collections import Counter

from dojo.processes.severed import has_severed_connection

SPREAD = 400
"""Turns of an empty loop: how far apart the two may act."""
PATIENCE = 0.05
"""Seconds after which a client that has heard nothing asks whether there is another end."""


def dawdle(lot: random.Random) -> None:
    for _ in range(lot.randrange(SPREAD)):
        pass


def serve(connections: int, shared: mmap.mmap) -> None:
    """Listen, say where, and close while the other process connects; again and again."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    lot = random.Random(1)
    for number in range(connections):
        turn = number % 2 + 1
        with socket.create_server(("127.0.0.1", 0)) as listener:
            shared[2:4] = listener.getsockname()[1].to_bytes(2)
            shared[0] = turn
            while shared[1] != turn:
                pass
            dawdle(lot)
        while shared[1] == turn:
            pass


def connect(connections: int, shared: mmap.mmap) -> Counter[str]:
    """Connect once to each socket, and count how that ended."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    lot, ends = random.Random(2), Counter[str]()
    for number in range(connections):
        turn = number % 2 + 1
        while shared[0] != turn:
            pass
        address = ("127.0.0.1", int.from_bytes(shared[2:4]))
        with socket.socket() as client:
            client.settimeout(PATIENCE)
            shared[1] = turn
            dawdle(lot)
            ends[attempt(client, address)] += 1
        shared[1] = 0
    return ends


def attempt(client: socket.socket, address: tuple[str, int]) -> str:
    """Connect and wait for something to come."""
    try:
        client.connect(address)
        client.recv(1)
    except ConnectionRefusedError:
        return "refused"
    except (ConnectionResetError, BrokenPipeError):
        return "reset"
    except TimeoutError:
        return "lost the other end" if has_severed_connection([os.getpid()]) else "still waits"
    return "closed"


def main() -> None:
    connections = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    shared = mmap.mmap(-1, 4)
    child = os.fork()
    if child == 0:
        serve(connections, shared)
        os._exit(0)
    ends = connect(connections, shared)
    os.waitpid(child, 0)
    print(f"{connections:,} connections: " + ", ".join(f"{count:,} {end}" for end, count in sorted(ends.items())))


if __name__ == "__main__":
    main()
