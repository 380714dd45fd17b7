"""A thread raises KeyboardInterrupt; that must not stop the tester."""

import threading

EXPECT = "raised:KeyboardInterrupt"


def scenario() -> object:
    def work() -> None:
        raise KeyboardInterrupt

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return "done"
