"""An RLock is released once more than it was taken."""

import threading

EXPECT = "raised:RuntimeError"


def scenario() -> object:
    lock = threading.RLock()

    def work() -> None:
        lock.acquire()
        lock.acquire()
        for _ in range(3):
            lock.release()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return "done"
