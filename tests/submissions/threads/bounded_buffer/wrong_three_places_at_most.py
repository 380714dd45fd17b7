# wrong: never more than three places -> deadlocked CONTRACT
import queue
import threading
import time
from collections import deque


class Closed(Exception):
    pass


class BoundedBuffer:
    def __init__(self, capacity):
        if capacity < 1:
            raise ValueError(capacity)
        self.capacity = min(capacity, 3)
        self.items = deque()
        self.closed = False
        self.changed = threading.Condition()

    def put(self, item):
        with self.changed:
            self.changed.wait_for(lambda: self.closed or len(self.items) < self.capacity)
            if self.closed:
                raise Closed
            self.items.append(item)
            self.changed.notify_all()

    def get(self):
        with self.changed:
            self.changed.wait_for(lambda: self.closed or self.items)
            if not self.items:
                raise Closed
            self.changed.notify_all()
            return self.items.popleft()

    def close(self):
        with self.changed:
            self.closed = True
            self.changed.notify_all()
