"""phase01 (SCTBench, CS suite, from Inspect).

Each thread takes the first lock twice and gives it back once: whoever comes second waits for ever, in every schedule.
"""

import threading
from collections.abc import Callable, Iterable

THREADS = 2
DEADLOCKS = True


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def buggy() -> object:
    """The second release of the first lock is missing."""
    first = threading.Lock()
    second = threading.Lock()
    done: list[bool] = []

    def phases() -> None:
        first.acquire()
        first.release()
        first.acquire()
        second.acquire()
        second.release()
        second.acquire()
        second.release()
        done.append(True)

    run_threads([phases, phases])
    return len(done)


def fixed() -> object:
    """Each acquire has its release."""
    first = threading.Lock()
    second = threading.Lock()
    done: list[bool] = []

    def phases() -> None:
        first.acquire()
        first.release()
        first.acquire()
        first.release()
        second.acquire()
        second.release()
        second.acquire()
        second.release()
        done.append(True)

    run_threads([phases, phases])
    return len(done)


def fails(observation: object) -> bool:
    """A thread did not come to its end."""
    return observation != 2
