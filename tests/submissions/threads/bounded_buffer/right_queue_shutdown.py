# right: queue.Queue with its shutdown; before Python 3.13 a subclass that has one
import queue


try:
    from queue import Queue, ShutDown
except ImportError:

    class ShutDown(Exception):
        pass

    class Queue(queue.Queue):
        is_shut_down = False

        def put(self, item):
            with self.not_full:
                while self._qsize() >= self.maxsize and not self.is_shut_down:
                    self.not_full.wait()
                if self.is_shut_down:
                    raise ShutDown
                self._put(item)
                self.not_empty.notify()

        def get(self):
            with self.not_empty:
                while not self._qsize() and not self.is_shut_down:
                    self.not_empty.wait()
                if not self._qsize():
                    raise ShutDown
                item = self._get()
                self.not_full.notify()
                return item

        def shutdown(self):
            with self.mutex:
                self.is_shut_down = True
                self.not_full.notify_all()
                self.not_empty.notify_all()


class Closed(Exception):
    pass


class BoundedBuffer:
    def __init__(self, capacity):
        if capacity < 1:
            raise ValueError(capacity)
        self.queue = Queue(capacity)

    def put(self, item):
        try:
            self.queue.put(item)
        except ShutDown:
            raise Closed() from None

    def get(self):
        try:
            return self.queue.get()
        except ShutDown:
            raise Closed() from None

    def close(self):
        self.queue.shutdown()
