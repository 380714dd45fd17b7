# attrgetter or its like
class Box:
    value = 1


box, shared, other = Box(), [], []


import operator


def run():
    return operator.attrgetter("value")(box)
