"""Two tasks deep in recursion at the same time, with a step in each call."""

import threading
from types import SimpleNamespace

EXPECT = "returned"
VALUE = 600


DEPTH = 300


def scenario() -> object:
    state = SimpleNamespace(deepest=0)
    lock = threading.Lock()

    def descend(depth: int) -> None:
        if depth == DEPTH:
            with lock:
                state.deepest += depth
        else:
            descend(depth + 1)

    threads = [threading.Thread(target=descend, args=(0,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return state.deepest
