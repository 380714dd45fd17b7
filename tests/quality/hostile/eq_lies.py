"""A list is searched for an object that is equal to everything and takes a lock to say so."""

import threading

EXPECT = "returned"
VALUE = [3, 4]


class Yes:
    def __init__(self, lock: threading.Lock) -> None:
        self.lock = lock

    def __eq__(self, other: object) -> bool:
        with self.lock:
            return True

    __hash__ = None


def scenario() -> object:
    lock = threading.Lock()
    items: list[object] = [1, 2, 3, 4]

    def work() -> None:
        items.remove(Yes(lock))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return items
