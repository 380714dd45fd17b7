"""An object outlives its scenario in a cycle; its `__del__` takes a lock in the middle of a later execution."""

import threading
from types import SimpleNamespace

EXPECT = "returned"
VALUE = 6


class Node:
    def __init__(self, lock: threading.Lock) -> None:
        self.lock = lock
        self.myself = self

    def __del__(self) -> None:
        with self.lock:
            pass


def scenario() -> object:
    lock = threading.Lock()
    state = SimpleNamespace(made=0)

    def work() -> None:
        for _ in range(3):
            Node(lock)
            with lock:
                state.made += 1

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return state.made
