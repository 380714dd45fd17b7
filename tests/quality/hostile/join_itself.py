"""A thread joins itself."""

import threading

EXPECT = "raised:RuntimeError"


def scenario() -> object:
    thread = threading.Thread(target=lambda: threading.current_thread().join())
    thread.start()
    thread.join()
    return "done"
