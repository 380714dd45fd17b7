"""`notify` without holding the condition's lock."""

import threading

EXPECT = "raised:RuntimeError"


def scenario() -> object:
    thread = threading.Thread(target=threading.Condition().notify)
    thread.start()
    thread.join()
    return "done"
