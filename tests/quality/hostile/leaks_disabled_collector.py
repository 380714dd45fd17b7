"""The scenario switches the garbage collector on and off."""

import gc
import threading

EXPECT = "returned"
VALUE = ["done", "done"]


def scenario() -> object:
    lock = threading.Lock()
    done: list[str] = []

    def work() -> None:
        gc.enable()
        with lock:
            done.append("done")
        gc.disable()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done
