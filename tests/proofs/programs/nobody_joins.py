# The end of the scenario cuts a thread off: that it may have ended before was never tried.
import threading


def scenario():
    seen = []

    def add():
        seen.append(1)

    thread = threading.Thread(target=add)
    thread.start()
    return len(seen)
