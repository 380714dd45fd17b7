"""one_sentinel (textbook: the poison pill).

Two consumers, one "no more" in the queue: the second consumer waits for ever, in every schedule.
"""

import queue
import threading
from collections.abc import Callable, Iterable

CONSUMERS = 2
THREADS = 1 + CONSUMERS
DEADLOCKS = True


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def consume_all(pass_on: bool) -> object:
    """Produce two items and one sentinel; `pass_on` puts the sentinel back for the next consumer."""
    jobs: queue.Queue[int | None] = queue.Queue()
    done: list[int] = []

    def produce() -> None:
        jobs.put(1)
        jobs.put(2)
        jobs.put(None)

    def consume() -> None:
        while (item := jobs.get()) is not None:
            done.append(item)
        if pass_on:
            jobs.put(None)

    run_threads([produce] + [consume] * CONSUMERS)
    return sum(done)


def buggy() -> object:
    """The sentinel is used up by the first one who meets it."""
    return consume_all(pass_on=False)


def fixed() -> object:
    """Whoever meets the sentinel puts it back."""
    return consume_all(pass_on=True)


def fails(observation: object) -> bool:
    """An item was not done; the deadlock gives no observation at all."""
    return observation != 3
