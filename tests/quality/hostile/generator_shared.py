"""Two tasks ask one generator for its next item at the same time, with a step inside of it."""

import threading
from types import SimpleNamespace

EXPECT = "returned | raised:ValueError"


def scenario() -> object:
    state = SimpleNamespace(number=0)

    def numbers():
        while True:
            state.number += 1
            yield state.number

    source = numbers()
    seen: list[int] = []
    threads = [threading.Thread(target=lambda: seen.append(next(source))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(seen)
