"""A thread is joined that was never started."""

import threading

EXPECT = "raised:RuntimeError"


def scenario() -> object:
    threading.Thread(target=print).join()
    return "done"
