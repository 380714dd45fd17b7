"""Two tasks change a number for ever, so that no turn of a loop is like the one before."""

import threading
from types import SimpleNamespace

EXPECT = "spinning"


def scenario() -> object:
    state = SimpleNamespace(number=0)

    def count(amount: int) -> None:
        while True:
            state.number += amount

    threads = [threading.Thread(target=count, args=(amount,)) for amount in (1, -1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return state.number
