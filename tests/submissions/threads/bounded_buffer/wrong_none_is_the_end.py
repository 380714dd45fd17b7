# wrong: close puts None for the end, and None is an item like any other -> failed CONTRACT
import threading
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
        self.changed = threading.Condition()

    def put(self, item):
        with self.changed:
            while len(self.items) >= self.capacity and not self.closed:
                self.changed.wait()
            if self.closed:
                raise Closed()
            self.items.append(item)
            self.changed.notify_all()

    def get(self):
        with self.changed:
            while not self.items:
                self.changed.wait()
            if self.items[0] is None:
                raise Closed()
            self.changed.notify_all()
            return self.items.popleft()

    def close(self):
        with self.changed:
            if not self.closed:
                self.closed = True
                self.items.append(None)
            self.changed.notify_all()
