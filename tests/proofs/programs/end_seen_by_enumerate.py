import threading

from dojo import together


class Shared:
    pass


def scenario():
    s = Shared()
    s.x = s.y = 0

    def t0():
        return len(threading.enumerate())

    def t1():
        if s.x == 2:
            s.x = s.x
        else:
            s.y = 2

    return [together(t0, t1), s.x, s.y]
