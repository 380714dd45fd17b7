"""Two tasks call themselves without end, with steps on the way."""

import threading

EXPECT = "raised:RecursionError"


class Counter:
    def __init__(self) -> None:
        self.value = 0

    def add(self) -> None:
        self.value += 1
        self.add()


def scenario() -> object:
    counter = Counter()
    threads = [threading.Thread(target=counter.add) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return "done"
