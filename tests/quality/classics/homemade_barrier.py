"""homemade_barrier (Downey, The Little Book of Semaphores: the barrier that cannot be used twice).

The barrier's waiters wait until the count is back at zero. The one who came last may come to the next meeting before
the others have looked: they see a count of one and wait for ever.
"""

import threading
from collections.abc import Callable, Iterable
from types import SimpleNamespace

PARTIES = 2
ROUNDS = 2
THREADS = PARTIES
DEADLOCKS = True


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def buggy() -> object:
    """Waiters look at the count."""
    state = SimpleNamespace(count=0, passed=0)
    condition = threading.Condition()

    def meet() -> None:
        with condition:
            state.count += 1
            if state.count == PARTIES:
                state.count = 0
                condition.notify_all()
            else:
                while state.count != 0:
                    condition.wait()
            state.passed += 1

    def work() -> None:
        for _ in range(ROUNDS):
            meet()

    run_threads([work] * PARTIES)
    return state.passed


def fixed() -> object:
    """Waiters look at the number of the meeting."""
    state = SimpleNamespace(count=0, meeting=0, passed=0)
    condition = threading.Condition()

    def meet() -> None:
        with condition:
            meeting = state.meeting
            state.count += 1
            if state.count == PARTIES:
                state.count = 0
                state.meeting += 1
                condition.notify_all()
            else:
                while state.meeting == meeting:
                    condition.wait()
            state.passed += 1

    def work() -> None:
        for _ in range(ROUNDS):
            meet()

    run_threads([work] * PARTIES)
    return state.passed


def fails(observation: object) -> bool:
    """Somebody did not pass; the deadlock gives no observation at all."""
    return observation != PARTIES * ROUNDS
