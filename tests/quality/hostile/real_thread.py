"""A real thread, got behind the tester's back, touches a controlled lock."""

import sys
import threading

EXPECT = "any"


def scenario() -> object:
    real = sys.modules["threading"]
    lock = threading.Lock()
    done: list[str] = []

    def work() -> None:
        with lock:
            done.append("done")

    thread = real.Thread(target=work)
    thread.start()
    thread.join()
    return done
