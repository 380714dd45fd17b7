"""carter01 (SCTBench, CS suite, from Inspect).

Two groups share a room: the first of a group takes the room, the last gives it back. Both groups count under one
mutex, so that a group which waits for the room keeps the other one from leaving it.
"""

import threading
from collections.abc import Callable, Iterable
from types import SimpleNamespace

THREADS = 4
DEADLOCKS = True


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def visit(a_mutex: threading.Lock, b_mutex: threading.Lock) -> object:
    """Let one member of each group enter and leave; the other two threads do nothing, as in the original."""
    inside = SimpleNamespace(a=0, b=0)
    room = threading.Lock()

    def visit_a() -> None:
        with a_mutex:
            inside.a += 1
            if inside.a == 1:
                room.acquire()
        with a_mutex:
            inside.a -= 1
            if inside.a == 0:
                room.release()

    def visit_b() -> None:
        with b_mutex:
            inside.b += 1
            if inside.b == 1:
                room.acquire()
        with b_mutex:
            inside.b -= 1
            if inside.b == 0:
                room.release()

    def idle() -> None:
        pass

    run_threads([visit_a, visit_b, idle, idle])
    return [inside.a, inside.b]


def buggy() -> object:
    """One mutex for the counters of both groups."""
    mutex = threading.Lock()
    return visit(mutex, mutex)


def fixed() -> object:
    """A mutex for each group."""
    return visit(threading.Lock(), threading.Lock())


def fails(observation: object) -> bool:
    """Somebody is still inside; the deadlock gives no observation at all."""
    return observation != [0, 0]
