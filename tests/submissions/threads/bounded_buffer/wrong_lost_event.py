# wrong: looks, and clears the event afterwards: a set that came in between is lost -> deadlocked WAKE-LOST
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
        self.lock = threading.Lock()
        self.changed = threading.Event()

    def put(self, item):
        while True:
            with self.lock:
                if self.closed:
                    raise Closed()
                if len(self.items) < self.capacity:
                    self.items.append(item)
                    self.changed.set()
                    return
            self.changed.clear()
            self.changed.wait()

    def get(self):
        while True:
            with self.lock:
                if self.items:
                    self.changed.set()
                    return self.items.popleft()
                if self.closed:
                    raise Closed()
            self.changed.clear()
            self.changed.wait()

    def close(self):
        with self.lock:
            self.closed = True
            self.changed.set()
