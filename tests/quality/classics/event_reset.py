"""event_reset (CHESS's ManualResetEvent programs; a textbook lost signal).

The consumer takes what is there and then clears the event: a signal that came in between is wiped out, and its item
is never taken.
"""

import threading
from collections.abc import Callable, Iterable

ITEMS = 2
THREADS = 2
DEADLOCKS = True


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def produce(items: list[int], arrived: threading.Event) -> None:
    """Add the items one by one, with a signal each."""
    for item in range(ITEMS):
        items.append(item)
        arrived.set()


def buggy() -> object:
    """Take, then clear."""
    items: list[int] = []
    taken: list[int] = []
    arrived = threading.Event()

    def consume() -> None:
        while len(taken) < ITEMS:
            arrived.wait()
            while items:
                taken.append(items.pop(0))
            arrived.clear()

    run_threads([lambda: produce(items, arrived), consume])
    return taken


def fixed() -> object:
    """Clear, then take."""
    items: list[int] = []
    taken: list[int] = []
    arrived = threading.Event()

    def consume() -> None:
        while len(taken) < ITEMS:
            arrived.wait()
            arrived.clear()
            while items:
                taken.append(items.pop(0))

    run_threads([lambda: produce(items, arrived), consume])
    return taken


def fails(observation: object) -> bool:
    """An item was not taken; the deadlock gives no observation at all."""
    return observation != list(range(ITEMS))
