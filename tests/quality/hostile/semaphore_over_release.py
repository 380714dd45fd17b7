"""A bounded semaphore is released more often than it was taken."""

import threading

EXPECT = "raised:ValueError"


def scenario() -> object:
    permits = threading.BoundedSemaphore(1)
    thread = threading.Thread(target=permits.release)
    thread.start()
    thread.join()
    return "done"
