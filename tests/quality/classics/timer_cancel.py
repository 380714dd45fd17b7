"""timer_cancel (textbook: the documentation of threading.Timer).

`cancel()` stops a timer that has not fired. Whoever asks first and cancels afterwards may be told "cancelled" about a
timer that fires.
"""

import threading
from types import SimpleNamespace

THREADS = 1


def buggy() -> object:
    """Ask whether it fired, cancel, and believe it."""
    state = SimpleNamespace(fired=False, outcome="")

    def fire() -> None:
        state.fired = True

    timer = threading.Timer(30, fire)
    timer.start()
    if state.fired:
        state.outcome = "fired"
    else:
        timer.cancel()
        state.outcome = "cancelled"
    timer.join()
    return [state.outcome, state.fired]


def fixed() -> object:
    """Both sides settle it under a lock: the first one wins."""
    state = SimpleNamespace(fired=False, outcome="")
    lock = threading.Lock()

    def fire() -> None:
        with lock:
            if state.outcome == "":
                state.outcome = "fired"
                state.fired = True

    timer = threading.Timer(30, fire)
    timer.start()
    timer.cancel()
    with lock:
        if state.outcome == "":
            state.outcome = "cancelled"
    timer.join()
    return [state.outcome, state.fired]


def fails(observation: object) -> bool:
    """The timer fired although it was said to be cancelled."""
    return observation == ["cancelled", True]
