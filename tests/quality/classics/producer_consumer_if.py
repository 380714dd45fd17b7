"""producer_consumer_if (textbook; Inspect's boundedBuffer).

The consumer asks with `if` whether something is there before it waits; woken up, it does not ask again, and somebody
else may have been faster.
"""

import threading
from collections.abc import Callable, Iterable

ITEMS = 2
CONSUMERS = 2
THREADS = 1 + CONSUMERS


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def hand_over(wait_for_item: Callable[[list[int], threading.Condition], None]) -> object:
    """Produce two items for two consumers; return how many consumers found nothing."""
    items: list[int] = []
    missed: list[bool] = []
    filled = threading.Condition()

    def produce() -> None:
        for item in range(ITEMS):
            with filled:
                items.append(item)
                filled.notify()

    def consume() -> None:
        with filled:
            wait_for_item(items, filled)
            if items:
                items.pop(0)
            else:
                missed.append(True)

    run_threads([produce] + [consume] * CONSUMERS)
    return len(missed)


def buggy() -> object:
    """Ask once."""

    def wait_for_item(items: list[int], filled: threading.Condition) -> None:
        if not items:
            filled.wait()

    return hand_over(wait_for_item)


def fixed() -> object:
    """Ask until it is there."""

    def wait_for_item(items: list[int], filled: threading.Condition) -> None:
        while not items:
            filled.wait()

    return hand_over(wait_for_item)


def fails(observation: object) -> bool:
    """A consumer was let through to an empty buffer."""
    return observation != 0
