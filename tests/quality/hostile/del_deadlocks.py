"""A garbage cycle is collected while the lock is held that its `__del__` takes."""

import gc
import threading

EXPECT = "stuck"


class Node:
    def __init__(self, lock: threading.Lock) -> None:
        self.lock = lock
        self.myself = self

    def __del__(self) -> None:
        with self.lock:
            pass


def scenario() -> object:
    lock = threading.Lock()

    def work() -> None:
        Node(lock)
        with lock:
            gc.collect()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return "done"
