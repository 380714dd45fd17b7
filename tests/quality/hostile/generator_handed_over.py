"""A generator is begun in one task, goes on in another and is closed in a third."""

import threading

EXPECT = "returned"
VALUE = [[1, 2], ["closed"]]


def scenario() -> object:
    closed: list[str] = []
    lock = threading.Lock()

    def numbers():
        try:
            yield 1
            yield 2
        finally:
            with lock:
                closed.append("closed")

    source = numbers()
    seen: list[int] = []
    for work in (lambda: seen.append(next(source)), lambda: seen.append(next(source)), source.close):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    return [seen, closed]
