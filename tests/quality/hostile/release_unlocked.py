"""A lock is released that nobody holds."""

import threading

EXPECT = "raised:RuntimeError"


def scenario() -> object:
    thread = threading.Thread(target=threading.Lock().release)
    thread.start()
    thread.join()
    return "done"
