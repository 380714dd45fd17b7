"""simple_queue_lost (the documentation of queue: `empty()` promises nothing).

Two workers ask whether the queue is empty and then get. Both may see the last item; one of them waits for ever.
"""

import queue
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


def fill() -> "queue.SimpleQueue[int]":
    """Return a queue with the items."""
    jobs: queue.SimpleQueue[int] = queue.SimpleQueue()
    for item in range(ITEMS):
        jobs.put(item)
    return jobs


def buggy() -> object:
    """Ask, then get."""
    jobs = fill()
    done: list[int] = []

    def work() -> None:
        while not jobs.empty():
            done.append(jobs.get())

    run_threads([work, work])
    return len(done)


def fixed() -> object:
    """Get, and take no for an answer."""
    jobs = fill()
    done: list[int] = []

    def work() -> None:
        while True:
            try:
                item = jobs.get_nowait()
            except queue.Empty:
                return
            done.append(item)

    run_threads([work, work])
    return len(done)


def fails(observation: object) -> bool:
    """An item was not done; the deadlock gives no observation at all."""
    return observation != ITEMS
