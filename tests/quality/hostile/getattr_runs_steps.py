"""`__getattr__` takes a lock and stores what it makes up."""

import threading

EXPECT = "returned"
VALUE = [[3, 3], 2]


class Lazy:
    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.made = 0

    def __getattr__(self, name: str) -> int:
        if name.startswith("_"):
            raise AttributeError(name)
        with self.lock:
            self.made += 1
            return len(name)


def scenario() -> object:
    lazy = Lazy()
    seen: list[int] = []

    def work() -> None:
        seen.append(lazy.abc)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [seen, lazy.made]
