# method of object itself
class Box:
    value = 1


box, shared, other = Box(), [], []


def run():
    object.__setattr__(box, "value", 2)
