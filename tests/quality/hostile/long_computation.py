"""Long, but it ends: a number of turns that is no livelock."""

import threading

EXPECT = "returned"
VALUE = [19999900000]


def scenario() -> object:
    total: list[int] = []

    def compute() -> None:
        result = 0
        for number in range(200_000):
            result += number
        total.append(result)

    thread = threading.Thread(target=compute)
    thread.start()
    thread.join()
    return total
