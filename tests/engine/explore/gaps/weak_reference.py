# weak reference
class Box:
    value = 1


box, shared, other = Box(), [], []


import weakref

seen = weakref.ref(box)


def run():
    return seen() is None
