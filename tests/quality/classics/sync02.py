"""sync02 (SCTBench, CS suite, from Inspect).

Producer and consumer act twice each, but the slot holds two from the start: in the end the producer waits for
somebody who has gone home, in every schedule.
"""

import threading
from collections.abc import Callable, Iterable
from types import SimpleNamespace

ROUNDS = 2
THREADS = 2
DEADLOCKS = True


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def exchange(count: int) -> object:
    """Let producer and consumer act `ROUNDS` times on a slot that holds `count` at first."""
    slot = SimpleNamespace(count=count)
    mutex = threading.Lock()
    empty = threading.Condition(mutex)
    full = threading.Condition(mutex)

    def produce() -> None:
        for _ in range(ROUNDS):
            with mutex:
                while slot.count > 0:
                    empty.wait()
                slot.count += 1
            with mutex:
                full.notify()

    def consume() -> None:
        for _ in range(ROUNDS):
            with mutex:
                while slot.count == 0:
                    full.wait()
                slot.count -= 1
            with mutex:
                empty.notify()

    run_threads([produce, consume])
    return slot.count


def buggy() -> object:
    """Two are there from the start."""
    return exchange(2)


def fixed() -> object:
    """The slot is empty at the start."""
    return exchange(0)


def fails(observation: object) -> bool:
    """The count is wrong; the deadlock gives no observation at all."""
    return observation != 0
