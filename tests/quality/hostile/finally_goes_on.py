"""Two tasks deadlock; their `finally` takes and releases locks, starts a thread and sleeps."""

import threading
import time

EXPECT = "stuck | returned"


def scenario() -> object:
    a = threading.Lock()
    b = threading.Lock()
    after = threading.Lock()

    def work(first: threading.Lock, second: threading.Lock) -> None:
        try:
            with first, second:
                pass
        finally:
            with after:
                time.sleep(1)
            extra = threading.Thread(target=time.sleep, args=(1,))
            extra.start()
            extra.join()

    threads = [threading.Thread(target=work, args=pair) for pair in ((a, b), (b, a))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return "done"
