"""Two tasks recur without end, through a lambda that no look at names finds, with a step in each call."""

import threading
from types import SimpleNamespace

EXPECT = "raised:RecursionError"

STATE = SimpleNamespace(value=0, again=lambda: None)
STATE.again = lambda: [STATE.again()]


def scenario() -> object:
    threads = [threading.Thread(target=STATE.again) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return "done"
