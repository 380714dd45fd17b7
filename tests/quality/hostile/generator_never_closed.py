"""A generator whose `finally` takes a lock is dropped in the middle."""

import threading
from types import SimpleNamespace

EXPECT = "returned"
VALUE = 2


def scenario() -> object:
    state = SimpleNamespace(closed=0)
    lock = threading.Lock()

    def numbers():
        try:
            yield 1
        finally:
            with lock:
                state.closed += 1

    def work() -> None:
        source = numbers()
        next(source)
        del source

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return state.closed
