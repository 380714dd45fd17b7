"""A Thread subclass forgets to call the base class."""

import threading

EXPECT = "raised:RuntimeError"


class Worker(threading.Thread):
    def __init__(self) -> None:
        self.result = 7


def scenario() -> object:
    Worker().start()
    return "done"
