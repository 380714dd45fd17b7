# argument given by keyword
import copy


class Box:
    value = 1


box, shared, other = Box(), [], []


def run():
    return copy.copy(x=shared)
