"""A thread is started a second time."""

import threading

EXPECT = "raised:RuntimeError"


def scenario() -> object:
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()
    thread.start()
    return "done"
