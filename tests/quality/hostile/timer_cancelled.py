"""A timer is cancelled, before or after it fires."""

import threading

EXPECT = "returned"
VALUE = False


def scenario() -> object:
    fired: list[bool] = []
    timer = threading.Timer(3600, fired.append, args=(True,))
    timer.start()
    timer.cancel()
    timer.join()
    return timer.is_alive()
