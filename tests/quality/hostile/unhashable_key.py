"""A dict is asked for a key that has no hash."""

import threading

EXPECT = "raised:TypeError"


def scenario() -> object:
    table: dict[object, int] = {}

    def work() -> None:
        table[[1]] = 2

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return len(table)
