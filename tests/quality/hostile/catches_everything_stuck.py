"""A task that waits for ever catches whatever is thrown into it, and waits again."""

import threading

EXPECT = "stuck"


def scenario() -> object:
    never = threading.Event()

    def wait() -> None:
        while True:
            try:
                never.wait()
            except BaseException:
                continue

    thread = threading.Thread(target=wait)
    thread.start()
    thread.join()
    return "done"
