"""A thread that is started at import waits for ever."""

import threading

EXPECT = "left-alive | rejected"


THREAD = threading.Thread(target=threading.Event().wait, daemon=True)
THREAD.start()


def scenario() -> object:
    return "done"
