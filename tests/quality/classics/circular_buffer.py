"""circular_buffer (SCTBench, CS suite).

Sender and receiver take turns through two flags. A turn that finds the flag down is lost, and the receiver counts its
turns instead of what it received.
"""

import threading
from collections.abc import Callable, Iterable

TURNS = 7
CAPACITY = 10
THREADS = 2


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class Log:
    """A buffer with two marks, and whose turn it is."""

    def __init__(self) -> None:
        self.slots = [0] * CAPACITY
        self.first = 0
        self.next = 0
        self.may_send = True
        self.may_receive = False
        self.lock = threading.Lock()

    def insert(self, value: int) -> None:
        """Put a value behind the last one."""
        self.slots[self.next] = value
        self.next = (self.next + 1) % CAPACITY

    def remove(self) -> int:
        """Take the oldest value."""
        if self.next == 0 or self.first >= CAPACITY:
            return -1
        self.first += 1
        return self.slots[self.first - 1]


def send(log: Log) -> None:
    """Send the number of each turn that finds the buffer free."""
    for turn in range(TURNS):
        with log.lock:
            if log.may_send:
                log.insert(turn)
                log.may_send = False
                log.may_receive = True


def buggy() -> object:
    """The value is compared with the number of the receiver's own turn."""
    log = Log()
    wrong: list[int] = []

    def receive() -> None:
        for turn in range(TURNS):
            with log.lock:
                if log.may_receive:
                    if log.remove() != turn:
                        wrong.append(turn)
                    log.may_receive = False
                    log.may_send = True

    run_threads([lambda: send(log), receive])
    return len(wrong)


def fixed() -> object:
    """The value is compared with what lies in the buffer at the receiver's own mark."""
    log = Log()
    wrong: list[int] = []

    def receive() -> None:
        for turn in range(TURNS):
            with log.lock:
                if log.may_receive:
                    expected = log.slots[log.first]
                    if log.remove() != expected:
                        wrong.append(turn)
                    log.may_receive = False
                    log.may_send = True

    run_threads([lambda: send(log), receive])
    return len(wrong)


def fails(observation: object) -> bool:
    """A value came at another turn than expected."""
    return observation != 0
