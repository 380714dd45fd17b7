# With no preemption: who takes the lock twice may come first, and the other sleeps in between. Once the race was turned
# round at the last acquire alone.
import threading
import time


def scenario():
    lock = threading.Lock()

    def t0():
        with lock:
            time.sleep(2)
        with lock:
            pass

    def t1():
        lock.acquire()
        lock.acquire()

    threads = [threading.Thread(target=target) for target in (t0, t1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return 0
