# nothing
import threading
from collections import deque
from dataclasses import dataclass


@dataclass(frozen=True)
class Point:
    x: int = 0


class Box:
    def __init__(self, items):
        self.items = items
        self.lock = threading.Lock()


box = Box([Point()])
latest = deque()


def run():
    try:
        with box.lock:
            box.items.append(Point(1))
    except ValueError as error:
        latest.append(error)
    match box:
        case Box(items=[*_]):
            latest.append(str(box.items))
    return box.items == [Point(0)]
