# A lock that somebody else has released before its owner does: the owner's release raises, whenever it was announced.
import threading

from dojo import together


def scenario():
    lock = threading.Lock()

    def free():
        lock.release()

    def use():
        if lock.acquire(blocking=False):
            lock.release()

    return together(free, use)
