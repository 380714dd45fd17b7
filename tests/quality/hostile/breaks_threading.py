"""The scenario breaks the module threading for itself; the next execution must find it whole."""

import threading
from types import SimpleNamespace

EXPECT = "returned"
VALUE = [True, 2]


def scenario() -> object:
    whole = callable(threading.Lock) and hasattr(threading.Thread, "start")
    state = SimpleNamespace(number=0)
    lock = threading.Lock()

    def work() -> None:
        with lock:
            state.number += 1

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    threading.Lock = None
    del threading.Thread
    return [whole, state.number]
