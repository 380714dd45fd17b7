"""sync01 (SCTBench, CS suite, from Inspect).

The slot is full from the start and the consumer only looks at it: the producer waits for ever, in every schedule.
"""

import threading
from collections.abc import Callable, Iterable
from types import SimpleNamespace

THREADS = 2
DEADLOCKS = True


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def exchange(consumed: int) -> object:
    """Let one producer and one consumer act once; the consumer takes `consumed` from the slot."""
    slot = SimpleNamespace(count=1)
    mutex = threading.Lock()
    empty = threading.Condition(mutex)
    full = threading.Condition(mutex)

    def produce() -> None:
        with mutex:
            while slot.count > 0:
                empty.wait()
            slot.count += 1
        with mutex:
            full.notify()

    def consume() -> None:
        with mutex:
            while slot.count == 0:
                full.wait()
            slot.count -= consumed
        with mutex:
            empty.notify()

    run_threads([produce, consume])
    return slot.count


def buggy() -> object:
    """The consumer takes nothing out."""
    return exchange(0)


def fixed() -> object:
    """The consumer takes one out."""
    return exchange(1)


def fails(observation: object) -> bool:
    """The count is wrong; the deadlock gives no observation at all."""
    return observation != 1
