"""A thread is started and joined while the module is imported."""

import threading

EXPECT = "returned | rejected"


STARTED: list[str] = []
THREAD = threading.Thread(target=STARTED.append, args=("import",))
THREAD.start()
THREAD.join()


def scenario() -> object:
    return STARTED
