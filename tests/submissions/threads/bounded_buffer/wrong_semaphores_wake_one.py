# wrong: two semaphores, and close lets one put and one get through -> deadlocked WAKE-LOST
import threading
from collections import deque


class Closed(Exception):
    pass


class BoundedBuffer:
    def __init__(self, capacity):
        if capacity < 1:
            raise ValueError(capacity)
        self.room = threading.Semaphore(capacity)
        self.filled = threading.Semaphore(0)
        self.lock = threading.Lock()
        self.items = deque()
        self.closed = False

    def put(self, item):
        self.room.acquire()
        with self.lock:
            if self.closed:
                raise Closed()
            self.items.append(item)
        self.filled.release()

    def get(self):
        self.filled.acquire()
        with self.lock:
            if not self.items:
                raise Closed()
            item = self.items.popleft()
        self.room.release()
        return item

    def close(self):
        with self.lock:
            self.closed = True
        self.room.release()
        self.filled.release()
