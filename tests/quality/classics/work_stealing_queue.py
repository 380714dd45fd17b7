"""work_stealing_queue (CHESS, SCTBench; the THE protocol of Cilk-5, Frigo, Leiserson and Randall, 1998).

The owner pops at the tail without a lock and a thief steals at the head. An owner that looks at the head before it
has announced its smaller tail can take the very item that the thief is taking.
"""

import threading
from collections.abc import Callable, Iterable

ITEMS = 3
STEALS = 2
THREADS = 2


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class WorkStealingQueue:
    """A queue with one owner, who pushes and pops, and thieves, who steal."""

    def __init__(self) -> None:
        self.items = [0] * ITEMS
        self.head = 0
        self.tail = 0
        self.lock = threading.Lock()

    def push(self, item: int) -> None:
        """Add an item at the tail; for the owner."""
        tail = self.tail
        self.items[tail] = item
        self.tail = tail + 1

    def steal(self) -> int | None:
        """Take the item at the head; for the others."""
        with self.lock:
            head = self.head
            self.head = head + 1
            if head < self.tail:
                return self.items[head]
            self.head = head
            return None

    def pop_too_early(self) -> int | None:
        """Take the item at the tail; for the owner. Looks before it announces."""
        tail = self.tail - 1
        if self.head > tail:
            return None
        self.tail = tail
        return self.items[tail]

    def pop(self) -> int | None:
        """Take the item at the tail; for the owner. Announces, then looks; in doubt, asks for the lock."""
        tail = self.tail - 1
        self.tail = tail
        if self.head <= tail:
            return self.items[tail]
        self.tail = tail + 1
        with self.lock:
            self.tail = tail
            if self.head <= tail:
                return self.items[tail]
            self.tail = tail + 1
            return None


def share_work(pop: Callable[[WorkStealingQueue], int | None]) -> object:
    """Let owner and thief take all items; return each item that was not taken exactly once."""
    queue = WorkStealingQueue()
    popped: list[int | None] = []
    stolen: list[int | None] = []

    def own() -> None:
        for item in range(ITEMS):
            queue.push(item)
        for _ in range(ITEMS):
            popped.append(pop(queue))

    def thieve() -> None:
        for _ in range(STEALS):
            stolen.append(queue.steal())

    run_threads([own, thieve])
    taken = popped + stolen + queue.items[queue.head : queue.tail]
    return [item for item in range(ITEMS) if taken.count(item) != 1]


def buggy() -> object:
    """The owner looks first."""
    return share_work(WorkStealingQueue.pop_too_early)


def fixed() -> object:
    """The owner announces first."""
    return share_work(WorkStealingQueue.pop)


def fails(observation: object) -> bool:
    """An item was taken twice, or lost."""
    return observation != []
