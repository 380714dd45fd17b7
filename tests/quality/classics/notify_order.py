"""notify_order (Fray's own benchmark, 2025).

Two threads wait and both are woken; the second takes for granted that the first got the lock back before it.
"""

import threading
from collections.abc import Callable, Iterable
from types import SimpleNamespace

THREADS = 2


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def run_race(second_waits_for: str) -> object:
    """Wake both waiters; return whether the second one found the first one done."""
    state = SimpleNamespace(waiting=0, go=False, first_done=False, seen=False)
    lock = threading.Lock()
    arrived = threading.Condition(lock)
    wake = threading.Condition(lock)

    def first() -> None:
        with lock:
            state.waiting += 1
            arrived.notify()
            while not state.go:
                wake.wait()
            state.first_done = True
            wake.notify_all()

    def second() -> None:
        with lock:
            state.waiting += 1
            arrived.notify()
            while not getattr(state, second_waits_for):
                wake.wait()
            state.seen = state.first_done

    threads = [threading.Thread(target=first), threading.Thread(target=second)]
    for thread in threads:
        thread.start()
    with lock:
        while state.waiting < 2:
            arrived.wait()
        state.go = True
        wake.notify()
        wake.notify()
    for thread in threads:
        thread.join()
    return state.seen


def buggy() -> object:
    """The second waits for the start signal only."""
    return run_race("go")


def fixed() -> object:
    """The second waits for the first."""
    return run_race("first_done")


def fails(observation: object) -> bool:
    """The second came before the first."""
    return observation is False
