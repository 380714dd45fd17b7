# code of another package
class Box:
    value = 1


box, shared, other = Box(), [], []


import greenlet


def run():
    return greenlet.getcurrent() is None
