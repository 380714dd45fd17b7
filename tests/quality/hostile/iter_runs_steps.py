"""`__iter__`, `__next__` and `__contains__` take a lock."""

import threading

EXPECT = "returned"
VALUE = [[0, 1, 2], True]


class Countdown:
    def __init__(self, lock: threading.Lock, number: int) -> None:
        self.lock = lock
        self.number = number

    def __iter__(self) -> "Countdown":
        with self.lock:
            return self

    def __next__(self) -> int:
        with self.lock:
            if self.number == 0:
                raise StopIteration
            self.number -= 1
            return self.number

    def __contains__(self, number: object) -> bool:
        with self.lock:
            return number == self.number


def scenario() -> object:
    countdown = Countdown(threading.Lock(), 3)
    seen: list[int] = []

    def work() -> None:
        for number in countdown:
            seen.append(number)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [sorted(seen), 0 in countdown]
