# wrong: a lock for each side, and each side takes the other one's inside its own -> deadlocked LOCK-CYCLE
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
        self.not_full = threading.Condition()
        self.not_empty = threading.Condition()

    def put(self, item):
        with self.not_full:
            while len(self.items) >= self.capacity and not self.closed:
                self.not_full.wait()
            if self.closed:
                raise Closed()
            self.items.append(item)
            with self.not_empty:
                self.not_empty.notify()

    def get(self):
        with self.not_empty:
            while not self.items and not self.closed:
                self.not_empty.wait()
            if not self.items:
                raise Closed()
            item = self.items.popleft()
            with self.not_full:
                self.not_full.notify()
            return item

    def close(self):
        with self.not_full, self.not_empty:
            self.closed = True
            self.not_full.notify_all()
            self.not_empty.notify_all()
