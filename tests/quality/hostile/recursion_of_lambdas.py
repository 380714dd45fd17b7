"""Two tasks recur without end, through a lambda that no look at names finds, with a step in each call."""

import threading
from collections.abc import Callable

EXPECT = "raised:RecursionError"

CALLS: list[Callable[[], object]] = []
CALLS.append(lambda: [CALLS[0]()])


def scenario() -> object:
    threads = [threading.Thread(target=CALLS[0]) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return "done"
