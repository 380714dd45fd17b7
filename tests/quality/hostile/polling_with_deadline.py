"""A loop that polls until a deadline on the clock: time must pass."""

import threading
import time

EXPECT = "returned"
VALUE = ["deadline"]


def scenario() -> object:
    done: list[str] = []

    def work() -> None:
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline:
            pass
        done.append("deadline")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return done
