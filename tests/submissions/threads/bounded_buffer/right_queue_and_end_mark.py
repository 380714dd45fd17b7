# right: a queue without bound, a semaphore for the room, and an end mark that every get hands on
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
        self.queue = queue.SimpleQueue()
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
            self.queue.put(END)
            raise Closed()
        self.room.release()
        return item

    def close(self):
        with self.lock:
            if not self.closed:
                self.closed = True
                self.queue.put(END)
                self.room.release()
