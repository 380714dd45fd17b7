# wrong: no lock: `len` and `append` are atomic, each for itself -> failed RACE-CHECK-ACT
import time
from collections import deque


class Closed(Exception):
    pass


class BoundedBuffer:
    def __init__(self, capacity):
        if capacity < 1:
            raise ValueError(capacity)
        self.capacity = capacity
        self.items = deque()
        self.closed = False

    def put(self, item):
        while len(self.items) >= self.capacity and not self.closed:
            time.sleep(0.001)
        if self.closed:
            raise Closed()
        self.items.append(item)

    def get(self):
        while not self.items and not self.closed:
            time.sleep(0.001)
        if not self.items:
            raise Closed()
        return self.items.popleft()

    def close(self):
        self.closed = True
