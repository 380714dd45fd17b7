"""wrong_waiter (Birrell, An Introduction to Programming with Threads, 1989; JaConTeBe's wait-notify deadlocks).

Producers and consumers wait on one condition, and `notify` wakes one: it may be one of the wrong kind, and the signal
is lost.
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


def hand_over(wake: Callable[[threading.Condition], None]) -> object:
    """Let two producers and two consumers use a slot for one."""
    slot = SimpleNamespace(full=False, taken=0)
    changed = threading.Condition()

    def produce() -> None:
        with changed:
            while slot.full:
                changed.wait()
            slot.full = True
            wake(changed)

    def consume() -> None:
        with changed:
            while not slot.full:
                changed.wait()
            slot.full = False
            slot.taken += 1
            wake(changed)

    run_threads([produce, produce, consume, consume])
    return slot.taken


def buggy() -> object:
    """Wake one."""
    return hand_over(lambda changed: changed.notify())


def fixed() -> object:
    """Wake all."""
    return hand_over(lambda changed: changed.notify_all())


def fails(observation: object) -> bool:
    """An item was not taken; the deadlock gives no observation at all."""
    return observation != 2
