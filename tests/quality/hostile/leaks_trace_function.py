"""The scenario installs trace and profile functions and leaves them."""

import sys
import threading

EXPECT = "returned"
VALUE = [True, 2]


def scenario() -> object:
    clean = sys.gettrace() is None and sys.getprofile() is None
    lock = threading.Lock()
    done: list[str] = []

    def work() -> None:
        with lock:
            done.append("done")

    threading.settrace(lambda frame, event, argument: None)
    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.setprofile(lambda frame, event, argument: None)
    return [clean, len(done)]
