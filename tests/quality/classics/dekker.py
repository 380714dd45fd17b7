"""dekker (CHESS's Dekker; the entry protocol alone).

Each thread raises its flag and enters where the other's flag is down. Looking first and raising afterwards lets both
in. A thread that finds the other's flag up goes away instead of spinning.
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


def buggy() -> object:
    """Look, then raise the flag."""
    state = SimpleNamespace(flag0=False, flag1=False, owner=-1, robbed=False)

    def enter0() -> None:
        if not state.flag1:
            state.flag0 = True
            state.owner = 0
            if state.owner != 0:
                state.robbed = True
            state.flag0 = False

    def enter1() -> None:
        if not state.flag0:
            state.flag1 = True
            state.owner = 1
            if state.owner != 1:
                state.robbed = True
            state.flag1 = False

    run_threads([enter0, enter1])
    return state.robbed


def fixed() -> object:
    """Raise the flag, then look."""
    state = SimpleNamespace(flag0=False, flag1=False, owner=-1, robbed=False)

    def enter0() -> None:
        state.flag0 = True
        if not state.flag1:
            state.owner = 0
            if state.owner != 0:
                state.robbed = True
        state.flag0 = False

    def enter1() -> None:
        state.flag1 = True
        if not state.flag0:
            state.owner = 1
            if state.owner != 1:
                state.robbed = True
        state.flag1 = False

    run_threads([enter0, enter1])
    return state.robbed


def fails(observation: object) -> bool:
    """Both were inside at the same time."""
    return observation is True
