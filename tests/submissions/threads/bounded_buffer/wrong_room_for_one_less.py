# wrong: a ring that is full when one slot is free, so a capacity of 1 holds nothing -> deadlocked CONTRACT
import threading


class Closed(Exception):
    pass


class BoundedBuffer:
    def __init__(self, capacity):
        if capacity < 1:
            raise ValueError(capacity)
        self.slots = [None] * capacity
        self.first = 0
        self.next = 0
        self.closed = False
        self.changed = threading.Condition()

    def put(self, item):
        with self.changed:
            while (self.next + 1) % len(self.slots) == self.first and not self.closed:
                self.changed.wait()
            if self.closed:
                raise Closed()
            self.slots[self.next] = item
            self.next = (self.next + 1) % len(self.slots)
            self.changed.notify_all()

    def get(self):
        with self.changed:
            while self.first == self.next and not self.closed:
                self.changed.wait()
            if self.first == self.next:
                raise Closed()
            item = self.slots[self.first]
            self.first = (self.first + 1) % len(self.slots)
            self.changed.notify_all()
            return item

    def close(self):
        with self.changed:
            self.closed = True
            self.changed.notify_all()
