"""`sys.exit` in a thread ends that thread, silently."""

import sys
import threading

EXPECT = "returned"
VALUE = False


def scenario() -> object:
    thread = threading.Thread(target=sys.exit, args=(3,))
    thread.start()
    thread.join()
    return thread.is_alive()
