"""The observation is a thread."""

import threading

EXPECT = "raised:NotPlainData"


def scenario() -> object:
    return threading.current_thread()
