"""`__eq__` and `__hash__` of a key take a lock and change what tasks share."""

import threading
from types import SimpleNamespace

EXPECT = "returned"
VALUE = ["a", "b"]


class Key:
    def __init__(self, state: SimpleNamespace, name: str) -> None:
        self.state = state
        self.name = name

    def __hash__(self) -> int:
        with self.state.lock:
            self.state.hashed += 1
        return 7

    def __eq__(self, other: object) -> bool:
        with self.state.lock:
            self.state.compared += 1
        return isinstance(other, Key) and self.name == other.name


def scenario() -> object:
    state = SimpleNamespace(lock=threading.Lock(), hashed=0, compared=0)
    table: dict[Key, str] = {}

    def work(name: str) -> None:
        table[Key(state, name)] = name

    threads = [threading.Thread(target=work, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(table.values())
