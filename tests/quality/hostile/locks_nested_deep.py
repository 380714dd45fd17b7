"""A thousand locks held at the same time."""

import contextlib
import threading

EXPECT = "returned"
VALUE = 0


LOCKS = 1000


def scenario() -> object:
    locks = [threading.Lock() for _ in range(LOCKS)]

    def take_all() -> None:
        with contextlib.ExitStack() as stack:
            for lock in locks:
                stack.enter_context(lock)

    thread = threading.Thread(target=take_all)
    thread.start()
    thread.join()
    return sum(lock.locked() for lock in locks)
