"""A loop that polls and sleeps, for something that never comes."""

import threading
import time
from types import SimpleNamespace

EXPECT = "spinning"


def scenario() -> object:
    state = SimpleNamespace(done=False)

    def work() -> None:
        while not state.done:
            time.sleep(0.1)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return "done"
