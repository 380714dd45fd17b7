# two containers at once
class Box:
    value = 1


box, shared, other = Box(), [], []


def run():
    return shared == other
