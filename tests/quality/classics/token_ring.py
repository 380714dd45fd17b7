"""token_ring (SCTBench, CS suite).

Three members pass a value on, a fourth thread checks that all have the same one; each step is atomic, but nothing
makes the members act in the order of the ring.
"""

import threading
from collections.abc import Callable, Iterable
from types import SimpleNamespace

THREADS = 4


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def build_ring() -> SimpleNamespace:
    """Return the ring before the first turn."""
    return SimpleNamespace(x1=1, x2=2, x3=1, done1=False, done2=False, done3=False, broken=False, lock=threading.Lock())


def check(ring: SimpleNamespace) -> None:
    """Compare the values, once all members have acted."""
    with ring.lock:
        if ring.done1 and ring.done2 and ring.done3:
            ring.broken = not (ring.x1 == ring.x2 and ring.x2 == ring.x3)


def buggy() -> object:
    """The members act in any order."""
    ring = build_ring()

    def first() -> None:
        with ring.lock:
            ring.x1 = (ring.x3 + 1) % 4
            ring.done1 = True

    def second() -> None:
        with ring.lock:
            ring.x2 = ring.x1
            ring.done2 = True

    def third() -> None:
        with ring.lock:
            ring.x3 = ring.x2
            ring.done3 = True

    run_threads([first, second, third, lambda: check(ring)])
    return ring.broken


def fixed() -> object:
    """Each member waits for the one before it."""
    ring = build_ring()
    first_done = threading.Event()
    second_done = threading.Event()

    def first() -> None:
        with ring.lock:
            ring.x1 = (ring.x3 + 1) % 4
            ring.done1 = True
        first_done.set()

    def second() -> None:
        first_done.wait()
        with ring.lock:
            ring.x2 = ring.x1
            ring.done2 = True
        second_done.set()

    def third() -> None:
        second_done.wait()
        with ring.lock:
            ring.x3 = ring.x2
            ring.done3 = True

    run_threads([first, second, third, lambda: check(ring)])
    return ring.broken


def fails(observation: object) -> bool:
    """All members acted, and their values differ."""
    return observation is True
