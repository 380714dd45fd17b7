"""A thread ends in an exception that nobody catches."""

import threading

EXPECT = "raised:ValueError"


def scenario() -> object:
    def work() -> None:
        raise ValueError("from a thread")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return "done"
