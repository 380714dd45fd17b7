"""Recursion to the limit inside of `with rlock`; the lock must be free afterwards."""

import threading

EXPECT = "returned"
VALUE = {"caught": ["RecursionError", "RecursionError"], "free": True}


def scenario() -> object:
    lock = threading.RLock()
    caught: list[str] = []

    def descend() -> None:
        with lock:
            descend()

    def work() -> None:
        try:
            descend()
        except RecursionError:
            caught.append("RecursionError")

    for _ in range(2):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    return {"caught": caught, "free": lock.acquire(blocking=False)}
