"""Each execution takes another way: replaying a schedule cannot work, and that has to be said."""

import sys
import threading
from types import SimpleNamespace

EXPECT = "any"


CALLS: list[int] = sys.__dict__.setdefault("hostile_calls", [])


def scenario() -> object:
    CALLS.append(1)
    state = SimpleNamespace(number=0)

    def work() -> None:
        for _ in range(len(CALLS) % 5 + 1):
            state.number += 1

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return state.number > 0
