# wrong: the buffer behind the buffer polls -> livelocked BUSY-WAIT
import queue
import threading
import time
from collections import deque


class Closed(Exception):
    pass


class Core:
    def __init__(self, capacity):
        self.capacity = capacity
        self.items = deque()
        self.closed = False
        self.lock = threading.Lock()

    def put(self, item):
        while True:
            with self.lock:
                if self.closed:
                    raise Closed
                if len(self.items) < self.capacity:
                    self.items.append(item)
                    return
            time.sleep(0)

    def get(self):
        while True:
            with self.lock:
                if self.items:
                    return self.items.popleft()
                if self.closed:
                    raise Closed
            time.sleep(0)

    def close(self):
        with self.lock:
            self.closed = True


class BoundedBuffer:
    def __init__(self, capacity):
        if capacity < 1:
            raise ValueError(capacity)
        self.core = Core(capacity)

    def put(self, item):
        return self.core.put(item)

    def get(self):
        return self.core.get()

    def close(self):
        return self.core.close()
