"""A thread is started and forgotten: whether it is still alive at the end depends on the schedule."""

import threading

EXPECT = "left-alive | returned"


def scenario() -> object:
    done: list[bool] = []
    threading.Thread(target=done.append, args=(True,)).start()
    return "done"
