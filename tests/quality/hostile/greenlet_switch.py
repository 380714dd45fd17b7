"""The program switches greenlets itself."""

import threading

import greenlet

EXPECT = "any"


def scenario() -> object:
    def work() -> None:
        parent = greenlet.getcurrent().parent
        if parent is not None:
            parent.switch()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return "done"
