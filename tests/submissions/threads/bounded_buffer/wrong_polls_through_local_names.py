# wrong: polls with a sleep, through names of its own -> livelocked BUSY-WAIT
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
        self.state = (threading.Lock(), deque(), capacity, threading.Event())

    def put(self, item):
        lock, items, capacity, closed = self.state
        while True:
            with lock:
                if closed.is_set():
                    raise Closed
                if len(items) < capacity:
                    items.append(item)
                    return
            time.sleep(0.01)

    def get(self):
        lock, items, _, closed = self.state
        while True:
            with lock:
                if items:
                    return items.popleft()
                if closed.is_set():
                    raise Closed
            time.sleep(0.01)

    def close(self):
        lock, _, _, closed = self.state
        with lock:
            closed.set()
