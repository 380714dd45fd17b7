"""Reference for threads/bounded_buffer: one lock, and a Condition for each reason to wait."""

import threading
from collections import deque


class Closed(Exception):
    """The buffer is closed."""


class BoundedBuffer:
    """A first-in, first-out buffer with room for `capacity` items."""

    def __init__(self, capacity: int) -> None:
        if capacity < 1:
            raise ValueError(f"capacity is {capacity}, and must be at least 1")
        self._capacity = capacity
        self._items: deque[object] = deque()
        self._closed = False
        self._lock = threading.Lock()
        self._not_full = threading.Condition(self._lock)
        self._not_empty = threading.Condition(self._lock)

    def put(self, item: object) -> None:
        """Add `item`, as soon as there is room."""
        with self._lock:
            while len(self._items) == self._capacity and not self._closed:
                self._not_full.wait()
            if self._closed:
                raise Closed
            self._items.append(item)
            self._not_empty.notify()

    def get(self) -> object:
        """Return the oldest item, as soon as there is one."""
        with self._lock:
            while not self._items and not self._closed:
                self._not_empty.wait()
            if not self._items:
                raise Closed
            self._not_full.notify()
            return self._items.popleft()

    def close(self) -> None:
        """Let nothing more in, and wake everybody who waits."""
        with self._lock:
            self._closed = True
            self._not_full.notify_all()
            self._not_empty.notify_all()
