"""`__bool__` and `__len__` take a lock and change what tasks share."""

import threading

EXPECT = "returned"
VALUE = [[True, True, True, True], 6, 4]


class Bag:
    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.asked = 0

    def __len__(self) -> int:
        with self.lock:
            self.asked += 1
        return 3


class Flag(Bag):
    def __bool__(self) -> bool:
        return len(self) == 3


def scenario() -> object:
    bag = Bag()
    flag = Flag()
    answers: list[bool] = []

    def work() -> None:
        answers.append(bool(bag) and bool(flag))
        if bag and flag:
            answers.append(len(bag) == 3)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers, bag.asked, flag.asked]
