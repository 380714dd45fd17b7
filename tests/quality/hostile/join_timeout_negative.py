"""Joining for less than no time comes back at once."""

import threading

EXPECT = "returned"
VALUE = True


def scenario() -> object:
    gate = threading.Event()
    thread = threading.Thread(target=gate.wait)
    thread.start()
    thread.join(timeout=-5)
    alive = thread.is_alive()
    gate.set()
    thread.join()
    return alive
