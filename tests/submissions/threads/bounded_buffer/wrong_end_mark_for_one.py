# wrong: one end mark, and the get that takes it keeps it from the others -> deadlocked WAKE-LOST
import queue
import threading


END = object()


class Closed(Exception):
    pass


class BoundedBuffer:
    def __init__(self, capacity):
        if capacity < 1:
            raise ValueError(capacity)
        self.room = threading.Semaphore(capacity)
        self.queue = queue.Queue()
        self.lock = threading.Lock()
        self.closed = False

    def put(self, item):
        self.room.acquire()
        with self.lock:
            if self.closed:
                self.room.release()
                raise Closed()
            self.queue.put(item)

    def get(self):
        item = self.queue.get()
        if item is END:
            raise Closed()
        self.room.release()
        return item

    def close(self):
        with self.lock:
            self.closed = True
            self.queue.put(END)
            self.room.release()
