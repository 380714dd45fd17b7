"""The scenario replaces a method of Thread; the next execution must find the real one."""

import threading

EXPECT = "returned"
VALUE = ["done", "done"]


def scenario() -> object:
    done: list[str] = []
    lock = threading.Lock()

    def work() -> None:
        with lock:
            done.append("done")

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    threading.Thread.join = lambda self, timeout=None: 1 / 0
    return done
