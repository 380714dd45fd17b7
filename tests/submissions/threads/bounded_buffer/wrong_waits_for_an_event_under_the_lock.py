# wrong: waits for an Event while it holds the lock, which nobody else can then take -> deadlocked LOCK-HELD-WHILE-BLOCKING
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
        with self.lock:
            while len(self.items) >= self.capacity and not self.closed:
                self.changed.clear()
                self.changed.wait()
            if self.closed:
                raise Closed()
            self.items.append(item)
            self.changed.set()

    def get(self):
        with self.lock:
            while not self.items and not self.closed:
                self.changed.clear()
                self.changed.wait()
            if not self.items:
                raise Closed()
            item = self.items.popleft()
            self.changed.set()
            return item

    def close(self):
        with self.lock:
            self.closed = True
            self.changed.set()
