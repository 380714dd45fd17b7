"""A task calls itself without end."""

import threading

EXPECT = "raised:RecursionError"


def scenario() -> object:
    def descend(depth: int) -> int:
        return descend(depth + 1) + 1

    thread = threading.Thread(target=descend, args=(0,))
    thread.start()
    thread.join()
    return "done"
