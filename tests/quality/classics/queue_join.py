"""queue_join (the documentation of queue: `task_done` means that the work is done).

The worker says `task_done` before it has stored its result; `join` lets the caller through too early.
"""

import queue
import threading
from collections.abc import Callable

ITEMS = 2
THREADS = 1


def square_all(work: Callable[["queue.Queue[int]", list[int]], None]) -> object:
    """Let one worker square the items; return the results as they are when `join` comes back."""
    jobs: queue.Queue[int] = queue.Queue()
    results: list[int] = []
    thread = threading.Thread(target=work, args=(jobs, results))
    thread.start()
    for item in range(ITEMS):
        jobs.put(item)
    jobs.join()
    seen = list(results)
    thread.join()
    return seen


def buggy() -> object:
    """Say that it is done, then do it."""

    def work(jobs: "queue.Queue[int]", results: list[int]) -> None:
        for _ in range(ITEMS):
            item = jobs.get()
            jobs.task_done()
            results.append(item * item)

    return square_all(work)


def fixed() -> object:
    """Do it, then say that it is done."""

    def work(jobs: "queue.Queue[int]", results: list[int]) -> None:
        for _ in range(ITEMS):
            item = jobs.get()
            results.append(item * item)
            jobs.task_done()

    return square_all(work)


def fails(observation: object) -> bool:
    """A result was not there yet."""
    return observation != [0, 1]
