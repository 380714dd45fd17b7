"""The scenario lowers the recursion limit and leaves it so."""

import sys
import threading

EXPECT = "returned"
VALUE = [True, 2]


def scenario() -> object:
    before = sys.getrecursionlimit()
    lock = threading.Lock()
    done: list[str] = []

    def work() -> None:
        with lock:
            done.append("done")

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.setrecursionlimit(max(200, before - 100))
    return [before >= 900, len(done)]
