"""`__del__` raises: Python only reports it."""

import threading

EXPECT = "returned"
VALUE = "done"


class Handle:
    def __del__(self) -> None:
        raise ValueError("from __del__")


def scenario() -> object:
    def work() -> None:
        Handle()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return "done"
