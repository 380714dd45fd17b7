# attribute of a function
class Box:
    value = 1


box, shared, other = Box(), [], []


def count():
    pass


count.calls = 0


def run():
    count.calls += 1
