# wrong: put into a full buffer raises at once, and does not wait -> failed CONTRACT
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
        self.not_empty = threading.Condition()

    def put(self, item):
        with self.not_empty:
            if self.closed or len(self.items) >= self.capacity:
                raise Closed()
            self.items.append(item)
            self.not_empty.notify()

    def get(self):
        with self.not_empty:
            while not self.items and not self.closed:
                self.not_empty.wait()
            if not self.items:
                raise Closed()
            return self.items.popleft()

    def close(self):
        with self.not_empty:
            self.closed = True
            self.not_empty.notify_all()
