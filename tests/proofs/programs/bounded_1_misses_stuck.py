# With one preemption: it matters at which of several acquires a race is turned round.
import threading


class Shared:
    x = 0


def scenario():
    s = Shared()
    s.x = 0
    one, two = threading.Lock(), threading.Lock()

    def t0():
        if one.acquire(timeout=1):
            s.x = 1
            one.release()
        one.acquire()

    def t1():
        with one:
            pass
        with two, one:
            pass
        with one, two:
            pass

    first, second = threading.Thread(target=t0), threading.Thread(target=t1)
    first.start()
    second.start()
    first.join()
    second.join()
    return s.x
