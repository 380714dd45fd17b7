# dataclasses inside a container
class Box:
    value = 1


box, shared, other = Box(), [], []


import dataclasses


@dataclasses.dataclass
class Point:
    x: int = 0


points = [Point()]


def run():
    return print(points, min(1, 2))
