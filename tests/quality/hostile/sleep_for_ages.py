"""A sleep of thirty years costs nothing, and the clock shows it."""

import threading
import time

EXPECT = "returned"
VALUE = True


def scenario() -> object:
    before = time.monotonic()
    thread = threading.Thread(target=time.sleep, args=(10**9,))
    thread.start()
    thread.join()
    return time.monotonic() - before >= 10**9
