# right: who has to wait leaves a lock in a line, and is handed the item or the room
import threading
from collections import deque


class Ticket:
    def __init__(self, item):
        self.item = item
        self.given = None
        self.called = threading.Lock()
        self.called.acquire()

    def give(self, given):
        self.given = given
        self.called.release()

    def take(self):
        self.called.acquire()
        return self.given


class Closed(Exception):
    pass


class BoundedBuffer:
    def __init__(self, capacity):
        if capacity < 1:
            raise ValueError(capacity)
        self.capacity = capacity
        self.items = deque()
        self.closed = False
        self.lock = threading.Lock()
        self.waiting_puts = deque()
        self.waiting_gets = deque()

    def put(self, item):
        with self.lock:
            if self.closed:
                raise Closed()
            if self.waiting_gets:
                self.waiting_gets.popleft().give([item])
                return
            if len(self.items) < self.capacity:
                self.items.append(item)
                return
            ticket = Ticket(item)
            self.waiting_puts.append(ticket)
        if ticket.take() is None:
            raise Closed()

    def get(self):
        with self.lock:
            if self.items:
                item = self.items.popleft()
                if self.waiting_puts:
                    ticket = self.waiting_puts.popleft()
                    self.items.append(ticket.item)
                    ticket.give([])
                return item
            if self.closed:
                raise Closed()
            ticket = Ticket(None)
            self.waiting_gets.append(ticket)
        given = ticket.take()
        if given is None:
            raise Closed()
        return given[0]

    def close(self):
        with self.lock:
            self.closed = True
            while self.waiting_puts:
                self.waiting_puts.popleft().give(None)
            while self.waiting_gets:
                self.waiting_gets.popleft().give(None)
