"""A thread that waits for ever is forgotten."""

import threading

EXPECT = "left-alive"


def scenario() -> object:
    threading.Thread(target=threading.Event().wait).start()
    return "done"
