"""safestack (SCTBench; posted by Dmitry Vyukov as a challenge to testing tools).

A lock-free list of free slots. A slot's `next` is -1 while somebody pops it; a push that is under way can have its
own `next` put back to an old value, and later two threads own one slot. It takes three threads and, in this port,
seven preemptions. The atomic words of the original are values under a lock of their own here; the endless loops
around `pop` end after two tries.
"""

import threading
from collections.abc import Callable, Iterable
from functools import partial

THREADS = 3
ROUNDS = 2
TRIES = 2


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class Word:
    """A number that is read, exchanged, compared and added to in one indivisible step each."""

    def __init__(self, value: int) -> None:
        self.value = value
        self.lock = threading.Lock()

    def load(self) -> int:
        """Return the number."""
        return self.value

    def store(self, value: int) -> None:
        """Set the number."""
        self.value = value

    def exchange(self, value: int) -> int:
        """Set the number and return the one before."""
        with self.lock:
            before = self.value
            self.value = value
            return before

    def compare_and_set(self, expected: int, value: int) -> bool:
        """Set the number where it is `expected`."""
        with self.lock:
            if self.value != expected:
                return False
            self.value = value
            return True

    def add(self, amount: int) -> None:
        """Add to the number."""
        with self.lock:
            self.value += amount


class SafeStack:
    """The free slots as a linked list of numbers."""

    def __init__(self) -> None:
        self.head = Word(0)
        self.count = Word(THREADS)
        self.next = [Word(1), Word(2), Word(-1)]

    def pop(self) -> int:
        """Return a free slot, or -1."""
        for _ in range(TRIES):
            if self.count.load() <= 1:
                return -1
            head = self.head.load()
            following = self.next[head].exchange(-1)
            if following >= 0:
                if self.head.compare_and_set(head, following):
                    self.count.add(-1)
                    return head
                self.next[head].exchange(following)
        return -1

    def push(self, slot: int) -> None:
        """Give a slot back."""
        while True:
            head = self.head.load()
            self.next[slot].store(head)
            if self.head.compare_and_set(head, slot):
                break
        self.count.add(1)


class LockedStack(SafeStack):
    """The same with one lock around each operation."""

    def __init__(self) -> None:
        super().__init__()
        self.whole = threading.Lock()

    def pop(self) -> int:
        """Return a free slot, or -1."""
        with self.whole:
            return super().pop()

    def push(self, slot: int) -> None:
        """Give a slot back."""
        with self.whole:
            super().push(slot)


def use(stack: SafeStack) -> object:
    """Let each thread take, mark and give back a slot a few times; return who found a foreign mark on its slot."""
    marks = [-1] * THREADS
    robbed: list[int] = []

    def work(thread: int) -> None:
        for _ in range(ROUNDS):
            slot = stack.pop()
            if slot < 0:
                continue
            marks[slot] = thread
            if marks[slot] != thread:
                robbed.append(thread)
            stack.push(slot)

    run_threads([partial(work, thread) for thread in range(THREADS)])
    return len(robbed)


def buggy() -> object:
    """The lock-free list."""
    return use(SafeStack())


def fixed() -> object:
    """One lock for the list."""
    return use(LockedStack())


def fails(observation: object) -> bool:
    """Two threads owned one slot."""
    return observation != 0
