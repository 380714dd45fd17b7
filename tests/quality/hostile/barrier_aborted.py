"""A barrier is aborted while somebody waits at it."""

import threading

EXPECT = "returned"
VALUE = ["BrokenBarrierError"]


def scenario() -> object:
    barrier = threading.Barrier(2)
    broken: list[str] = []

    def meet() -> None:
        try:
            barrier.wait()
        except threading.BrokenBarrierError:
            broken.append("BrokenBarrierError")

    thread = threading.Thread(target=meet)
    thread.start()
    barrier.abort()
    thread.join()
    return broken
