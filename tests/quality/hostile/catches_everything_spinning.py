"""A task goes on for ever and catches whatever is thrown into it."""

import threading
from types import SimpleNamespace

EXPECT = "spinning"


def scenario() -> object:
    state = SimpleNamespace(number=0)

    def work() -> None:
        while True:
            try:
                state.number += 1
            except BaseException:
                state.number -= 1

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return state.number
