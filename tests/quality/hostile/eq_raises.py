"""`__eq__` of a key raises where two keys meet."""

import threading

EXPECT = "raised:ZeroDivisionError"


class Key:
    def __hash__(self) -> int:
        return 7

    def __eq__(self, other: object) -> bool:
        raise ZeroDivisionError("from __eq__")


def scenario() -> object:
    table: dict[Key, int] = {}

    def work() -> None:
        table[Key()] = 1
        table[Key()] = 2

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return len(table)
