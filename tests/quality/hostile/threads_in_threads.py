"""Each thread starts the next one and joins it, 100 deep."""

import threading

EXPECT = "returned"
VALUE = [100]


DEPTH = 100


def scenario() -> object:
    reached: list[int] = []

    def descend(depth: int) -> None:
        if depth == DEPTH:
            reached.append(depth)
            return
        thread = threading.Thread(target=descend, args=(depth + 1,))
        thread.start()
        thread.join()

    descend(0)
    return reached
