"""`__del__` takes a lock and changes what tasks share."""

import threading
from types import SimpleNamespace

EXPECT = "returned"
VALUE = 2


class Handle:
    def __init__(self, state: SimpleNamespace) -> None:
        self.state = state

    def __del__(self) -> None:
        with self.state.lock:
            self.state.closed += 1


def scenario() -> object:
    state = SimpleNamespace(closed=0, lock=threading.Lock())

    def work() -> None:
        handle = Handle(state)
        del handle

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return state.closed
