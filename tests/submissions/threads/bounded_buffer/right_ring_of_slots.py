# right: a ring of slots with two counters that only grow, under one Condition
import threading


class Closed(Exception):
    pass


class BoundedBuffer:
    def __init__(self, capacity):
        if capacity < 1:
            raise ValueError(capacity)
        self.slots = [None] * capacity
        self.written = 0
        self.read = 0
        self.closed = False
        self.changed = threading.Condition(threading.Lock())

    def put(self, item):
        with self.changed:
            while self.written - self.read == len(self.slots) and not self.closed:
                self.changed.wait()
            if self.closed:
                raise Closed()
            self.slots[self.written % len(self.slots)] = item
            self.written += 1
            self.changed.notify_all()

    def get(self):
        with self.changed:
            while self.written == self.read and not self.closed:
                self.changed.wait()
            if self.written == self.read:
                raise Closed()
            item = self.slots[self.read % len(self.slots)]
            self.slots[self.read % len(self.slots)] = None
            self.read += 1
            self.changed.notify_all()
            return item

    def close(self):
        with self.changed:
            self.closed = True
            self.changed.notify_all()
