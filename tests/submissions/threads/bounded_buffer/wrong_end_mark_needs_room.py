# wrong: close puts an end mark into the queue, and waits for room in a full one -> deadlocked WAKE-LOST
import queue
import threading


END = object()


class Closed(Exception):
    pass


class BoundedBuffer:
    def __init__(self, capacity):
        if capacity < 1:
            raise ValueError(capacity)
        self.queue = queue.Queue(capacity)
        self.lock = threading.Lock()
        self.closed = False

    def put(self, item):
        if self.closed:
            raise Closed()
        self.queue.put(item)

    def get(self):
        item = self.queue.get()
        if item is END:
            self.queue.put(END)
            raise Closed()
        return item

    def close(self):
        with self.lock:
            if not self.closed:
                self.closed = True
                self.queue.put(END)
