"""Run several jobs at the same time, each in a thread of its own, and collect what they return.

Read start_and_join.md, change this file until its checks pass, and run them with `dojo run start_and_join`.
"""

import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def run_all(jobs: Sequence[Callable[[], T]]) -> list[T]:
    """Run every job in a thread of its own, all at the same time, and return the results in the order of `jobs`.

    Any number of jobs run at once: a hundred jobs that wait for each other all meet.
    Return once every job has ended. No thread is left alive then, and none after an exception.
    A job may return anything, an exception object too. The same callable may stand in `jobs` twice.
    If jobs raise (anything: SystemExit and KeyboardInterrupt too), still wait for all of them,
    then raise the exception of the first failing job in the order of `jobs`.
    `run_all([])` is `[]`.
    """
    results: list[T] = []

    def work(job: Callable[[], T]) -> None:
        results.append(job())

    for job in jobs:
        thread = threading.Thread(target=work, args=(job,))
        thread.start()
        thread.join()
    return results
