"""A task polls an attribute that nobody will ever set."""

import threading
from types import SimpleNamespace

EXPECT = "spinning"


def scenario() -> object:
    state = SimpleNamespace(done=False)

    def poll() -> None:
        while not state.done:
            pass

    thread = threading.Thread(target=poll)
    thread.start()
    thread.join()
    return state.done
