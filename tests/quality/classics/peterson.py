"""peterson (Peterson's algorithm, 1981; SV-COMP's classics, CHESS's fairness programs).

Two threads agree by two flags and a turn. Giving the turn away before raising the flag lets both in. The waiting
thread spins: a search without fairness never ends here.
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
    """The turn is given away first."""
    state = SimpleNamespace(turn=0, owner=-1, robbed=False)
    wants = [False, False]

    def enter(me: int) -> None:
        other = 1 - me
        state.turn = other
        wants[me] = True
        while wants[other] and state.turn == other:
            pass
        state.owner = me
        if state.owner != me:
            state.robbed = True
        wants[me] = False

    run_threads([lambda: enter(0), lambda: enter(1)])
    return state.robbed


def fixed() -> object:
    """The flag is raised first."""
    state = SimpleNamespace(turn=0, owner=-1, robbed=False)
    wants = [False, False]

    def enter(me: int) -> None:
        other = 1 - me
        wants[me] = True
        state.turn = other
        while wants[other] and state.turn == other:
            pass
        state.owner = me
        if state.owner != me:
            state.robbed = True
        wants[me] = False

    run_threads([lambda: enter(0), lambda: enter(1)])
    return state.robbed


def fails(observation: object) -> bool:
    """Both were inside at the same time."""
    return observation is True
