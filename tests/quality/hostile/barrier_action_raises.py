"""The action of a barrier raises: the others find it broken."""

import threading

EXPECT = "returned"
VALUE = ["BrokenBarrierError", "ZeroDivisionError"]


def scenario() -> object:
    def act() -> None:
        raise ZeroDivisionError("from the action")

    barrier = threading.Barrier(2, action=act)
    errors: list[str] = []

    def meet() -> None:
        try:
            barrier.wait()
        except (ZeroDivisionError, threading.BrokenBarrierError) as error:
            errors.append(type(error).__name__)

    threads = [threading.Thread(target=meet) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(errors)
