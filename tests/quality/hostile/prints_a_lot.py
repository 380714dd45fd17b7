"""Tasks print a megabyte each."""

import threading

EXPECT = "returned"
VALUE = "done"


def scenario() -> object:
    threads = [threading.Thread(target=print, args=("x" * 1_000_000,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return "done"
