# globals()
class Box:
    value = 1


box, shared, other = Box(), [], []


def run():
    globals()["shared"] = [1]
