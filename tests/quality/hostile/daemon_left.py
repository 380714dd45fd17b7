"""A daemon thread that waits for ever: it would die with the interpreter, but a scenario is not the end of it."""

import threading

EXPECT = "left-alive"


def scenario() -> object:
    threading.Thread(target=threading.Event().wait, daemon=True).start()
    return "done"
