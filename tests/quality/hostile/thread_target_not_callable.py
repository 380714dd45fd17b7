"""A thread's target cannot be called."""

import threading

EXPECT = "raised:TypeError"


def scenario() -> object:
    thread = threading.Thread(target=42)
    thread.start()
    thread.join()
    return "done"
