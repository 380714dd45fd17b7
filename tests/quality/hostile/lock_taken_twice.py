"""A task takes a lock that it holds itself."""

import threading

EXPECT = "stuck"


def scenario() -> object:
    lock = threading.Lock()

    def work() -> None:
        with lock, lock:
            pass

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return "done"
