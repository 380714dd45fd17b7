"""arithmetic_prog (SCTBench, CS suite).

Producer and consumer hand over a slot and the consumer sums up; it adds one number too many, in every schedule. The
hard part is to get through the hand-over without a deadlock.
"""

import threading
from collections.abc import Callable, Iterable
from types import SimpleNamespace

ROUNDS = 3
THREADS = 2


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def sum_up(extra: bool) -> object:
    """Sum 0, 1, ... over the hand-overs; `extra` adds the number after the last one too."""
    slot = SimpleNamespace(count=0, total=0)
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
        for number in range(ROUNDS):
            with mutex:
                while slot.count == 0:
                    full.wait()
                slot.total += number
                slot.count -= 1
            with mutex:
                empty.notify()
        if extra:
            slot.total += ROUNDS

    run_threads([produce, consume])
    return slot.total


def buggy() -> object:
    """The number after the last one is added after the loop."""
    return sum_up(extra=True)


def fixed() -> object:
    """The loop adds all there is."""
    return sum_up(extra=False)


def fails(observation: object) -> bool:
    """The sum is not that of the hand-overs."""
    return observation != sum(range(ROUNDS))
