"""sleeping_order (Fray's time example).

A second of sleep stands for "it must be done by now".
"""

import threading
import time
from types import SimpleNamespace

THREADS = 1


def buggy() -> object:
    """Sleep, then look."""
    state = SimpleNamespace(done=False)

    def work() -> None:
        state.done = True

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(1)
    done = state.done
    thread.join()
    return done


def fixed() -> object:
    """Join, then look; the sleep does no harm."""
    state = SimpleNamespace(done=False)

    def work() -> None:
        state.done = True

    thread = threading.Thread(target=work)
    thread.start()
    time.sleep(1)
    thread.join()
    return state.done


def fails(observation: object) -> bool:
    """The work was not done yet."""
    return observation is False
