"""An RLock is released by a thread that does not hold it."""

import threading

EXPECT = "raised:RuntimeError"


def scenario() -> object:
    lock = threading.RLock()
    with lock:
        thread = threading.Thread(target=lock.release)
        thread.start()
        thread.join()
    return "done"
