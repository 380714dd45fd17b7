"""stop_flag_lost (textbook: `run` resets the flag that `stop` sets).

The worker's first step says "running"; a stop that came before is overwritten, and the worker waits for a second one.
"""

import threading
from collections.abc import Callable, Iterable
from types import SimpleNamespace

THREADS = 2
DEADLOCKS = True


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def stop(state: SimpleNamespace, changed: threading.Condition) -> None:
    """Ask the worker to stop."""
    with changed:
        state.running = False
        changed.notify()


def wait_for_stop(state: SimpleNamespace, changed: threading.Condition) -> None:
    """Wait until the worker is asked to stop."""
    with changed:
        while state.running:
            changed.wait()
        state.stopped = True


def buggy() -> object:
    """The worker raises the flag."""
    state = SimpleNamespace(running=False, stopped=False)
    changed = threading.Condition()

    def work() -> None:
        with changed:
            state.running = True
        wait_for_stop(state, changed)

    run_threads([work, lambda: stop(state, changed)])
    return state.stopped


def fixed() -> object:
    """The flag is up before the worker starts."""
    state = SimpleNamespace(running=True, stopped=False)
    changed = threading.Condition()
    run_threads([lambda: wait_for_stop(state, changed), lambda: stop(state, changed)])
    return state.stopped


def fails(observation: object) -> bool:
    """The worker did not stop; the deadlock gives no observation at all."""
    return observation is not True
