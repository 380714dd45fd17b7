# The release of a free lock raises, and no acquire had to wait for it: that the acquire may come first was not tried.
import threading

from dojo import together


def scenario():
    lock = threading.Lock()
    return together((lock.release,), (lock.acquire,))
