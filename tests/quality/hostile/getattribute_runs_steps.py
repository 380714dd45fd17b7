"""`__getattribute__`, `__setattr__` and `__delattr__` all go through a lock."""

import threading

EXPECT = "returned"
VALUE = [1, False]


LOCK = threading.RLock()


class Guarded:
    def __getattribute__(self, name: str) -> object:
        with LOCK:
            return object.__getattribute__(self, name)

    def __setattr__(self, name: str, value: object) -> None:
        with LOCK:
            object.__setattr__(self, name, value)

    def __delattr__(self, name: str) -> None:
        with LOCK:
            object.__delattr__(self, name)


def scenario() -> object:
    thing = Guarded()
    thing.a = 0
    thing.b = 0

    def work(name: str) -> None:
        if name == "a":
            thing.a += 1
        else:
            del thing.b

    threads = [threading.Thread(target=work, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [thing.a, hasattr(thing, "b")]
