# The scenario raises because a thread has not written yet: the write that comes in time was never tried.
import threading


class Shared:
    x = 0


def scenario():
    shared = Shared()

    def write():
        shared.x = 1

    thread = threading.Thread(target=write)
    thread.start()
    if not shared.x:
        raise ValueError("not yet")
    thread.join()
    return shared.x
