"""A context variable that is set in one execution must not be seen in the next."""

import contextvars
import sys
import threading

EXPECT = "returned"
VALUE = ["unset", 2]


VARIABLE = contextvars.ContextVar("VARIABLE", default="unset")
sys.modules.setdefault("hostile_shared_variable", VARIABLE)


def scenario() -> object:
    shared = sys.modules["hostile_shared_variable"]
    before = shared.get()
    shared.set("set")
    lock = threading.Lock()
    seen: list[str] = []

    def work() -> None:
        with lock:
            seen.append("done")

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [before, len(seen)]
