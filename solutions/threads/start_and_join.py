"""Reference for threads/start_and_join: start all, then join all, then look at what they left in their places."""

import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

T = TypeVar("T")


def run_all(jobs: Sequence[Callable[[], T]]) -> list[T]:
    """Run every job in a thread of its own, all at the same time, and return the results in the order of `jobs`."""
    results: list[Any] = [None] * len(jobs)
    errors: list[BaseException | None] = [None] * len(jobs)

    def work(place: int, job: Callable[[], T]) -> None:
        try:
            results[place] = job()
        except BaseException as error:
            errors[place] = error

    threads = [threading.Thread(target=work, args=(place, job)) for place, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for error in errors:
        if error is not None:
            raise error
    return results
