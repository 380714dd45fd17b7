"""A thread joins the main thread, which joins it."""

import threading

EXPECT = "stuck"


def scenario() -> object:
    thread = threading.Thread(target=threading.current_thread().join)
    thread.start()
    thread.join()
    return "done"
