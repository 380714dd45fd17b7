"""The order of a set of texts decides what the tasks do; it differs between processes."""

import threading
from types import SimpleNamespace

EXPECT = "returned"
VALUE = ["ada", "bob", "eve"]


def scenario() -> object:
    state = SimpleNamespace(names=[])
    names = {"ada", "bob", "eve"}

    def work() -> None:
        for name in names:
            state.names.append(name)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(set(state.names))
