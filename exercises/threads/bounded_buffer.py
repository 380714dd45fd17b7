"""A buffer between threads that has room for so many items and no more: whoever cannot go on waits.

Read bounded_buffer.md, change this file until its checks pass, and run them with `dojo run bounded_buffer`.
"""

import threading
from collections import deque


class Closed(Exception):
    """The buffer is closed."""


class BoundedBuffer:
    """First in, first out, with room for `capacity` items. Any number of threads may put and get.

    No item is lost or doubled; None is an item like any other. Nobody waits for ever who need not, and who waits does
    not run in circles.
    """

    def __init__(self, capacity: int) -> None:
        """Raise ValueError if `capacity` is less than 1."""
        if capacity < 1:
            raise ValueError(f"capacity is {capacity}, and must be at least 1")
        self._capacity = capacity
        self._items: deque[object] = deque()
        self._closed = False
        self._changed = threading.Condition()

    def put(self, item: object) -> None:
        """Add `item`; wait while the buffer is full.

        Raise Closed, and add nothing, if the buffer is closed or is closed while this waits.
        """
        with self._changed:
            if len(self._items) == self._capacity and not self._closed:
                self._changed.wait()
            if self._closed:
                raise Closed
            self._items.append(item)
            self._changed.notify()

    def get(self) -> object:
        """Take out the oldest item; wait while the buffer is empty.

        Raise Closed if the buffer is closed and nothing is left in it, also if it is closed while this waits.
        """
        with self._changed:
            if not self._items and not self._closed:
                self._changed.wait()
            if not self._items:
                raise Closed
            item = self._items.popleft()
            self._changed.notify()
            return item

    def close(self) -> None:
        """Let nothing more in, and let everybody know who waits. May be called by any thread, any number of times."""
        with self._changed:
            self._closed = True
            self._changed.notify()
