"""500 threads under one lock: more interleavings than can ever be tried."""

import threading
from types import SimpleNamespace

EXPECT = "returned"
VALUE = 500


THREADS = 500


def scenario() -> object:
    state = SimpleNamespace(counter=0)
    lock = threading.Lock()

    def work() -> None:
        with lock:
            state.counter += 1

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return state.counter
