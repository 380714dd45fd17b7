"""Getting from a queue with a negative timeout."""

import queue

EXPECT = "raised:ValueError"


def scenario() -> object:
    return queue.Queue().get(timeout=-1)
