"""Keys without a hash, in every way to ask a dict, with the exceptions caught."""

import threading
from collections.abc import Callable

EXPECT = "returned"
VALUE = 12


def scenario() -> object:
    table: dict[object, int] = {"key": 0}
    errors: list[str] = []
    asks: list[Callable[[], object]] = [
        lambda: table[[]],
        lambda: table.get([]),
        lambda: [] in table,
        lambda: table.pop({}),
        lambda: table.setdefault(set(), 1),
        lambda: table.update([([], 1)]),
    ]

    def work() -> None:
        for ask in asks:
            try:
                ask()
            except TypeError:
                errors.append("TypeError")

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(errors)
