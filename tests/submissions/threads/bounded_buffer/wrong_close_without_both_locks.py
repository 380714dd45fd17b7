# wrong: two locks, and close sets its flag under neither: a get says Closed beside a put that still succeeds -> failed CONTRACT
import threading
from collections import deque


class Closed(Exception):
    pass


class BoundedBuffer:
    def __init__(self, capacity):
        if capacity < 1: raise ValueError
        self.capacity, self.items, self.closed = capacity, deque(), False
        self.not_full, self.not_empty = threading.Condition(), threading.Condition()
    def put(self, item):
        with self.not_full:
            while len(self.items) >= self.capacity and not self.closed: self.not_full.wait()
            if self.closed: raise Closed
            self.items.append(item)
        with self.not_empty: self.not_empty.notify()
    def get(self):
        with self.not_empty:
            while not self.items and not self.closed: self.not_empty.wait()
            if not self.items: raise Closed
            item = self.items.popleft()
        with self.not_full: self.not_full.notify()
        return item
    def close(self):
        self.closed = True
        with self.not_full: self.not_full.notify_all()
        with self.not_empty: self.not_empty.notify_all()
