# wrong: items and flag stand in the class, so all buffers share them -> deadlocked CONTRACT
import threading
from collections import deque


class Closed(Exception):
    pass


class BoundedBuffer:
    items = deque()
    closed = False
    changed = threading.Condition()

    def __init__(self, capacity):
        if capacity < 1:
            raise ValueError(capacity)
        self.capacity = capacity

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
            while not self.items and not self.closed:
                self.changed.wait()
            if not self.items:
                raise Closed()
            item = self.items.popleft()
            self.changed.notify_all()
            return item

    def close(self):
        with self.changed:
            self.closed = True
            self.changed.notify_all()
