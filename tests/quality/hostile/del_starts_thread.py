"""`__del__` starts a thread and joins it."""

import threading

EXPECT = "returned"
VALUE = ["closed"]


class Handle:
    def __init__(self, closed: list[str]) -> None:
        self.closed = closed

    def __del__(self) -> None:
        thread = threading.Thread(target=self.closed.append, args=("closed",))
        thread.start()
        thread.join()


def scenario() -> object:
    closed: list[str] = []

    def work() -> None:
        handle = Handle(closed)
        del handle

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return closed
