# wrong: False marks the end, and is an item like any other -> failed CONTRACT
import queue
import threading
import time
from collections import deque


class Closed(Exception):
    pass


class BoundedBuffer:
    """False on the queue is the end mark."""

    def __init__(self, capacity):
        if capacity < 1:
            raise ValueError(capacity)
        self.capacity = capacity
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
            self.changed.wait_for(lambda: self.items)
            if self.items[0] is False:
                raise Closed
            item = self.items.popleft()
            self.changed.notify_all()
            return item

    def close(self):
        with self.changed:
            if not self.closed:
                self.closed = True
                self.items.append(False)
                self.changed.notify_all()
