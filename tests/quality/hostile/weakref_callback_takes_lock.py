"""The callback of a weak reference takes a lock."""

import threading
import weakref
from types import SimpleNamespace

EXPECT = "returned"
VALUE = 2


class Thing:
    pass


def scenario() -> object:
    state = SimpleNamespace(gone=0)
    lock = threading.Lock()

    def note(_: object) -> None:
        with lock:
            state.gone += 1

    def work() -> None:
        thing = Thing()
        reference = weakref.ref(thing, note)
        del thing
        del reference

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return state.gone
