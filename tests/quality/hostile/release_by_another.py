"""A lock is released by a thread that does not hold it: allowed."""

import threading

EXPECT = "returned"
VALUE = False


def scenario() -> object:
    lock = threading.Lock()
    lock.acquire()
    thread = threading.Thread(target=lock.release)
    thread.start()
    with lock:
        pass
    thread.join()
    return lock.locked()
