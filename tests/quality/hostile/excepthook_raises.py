"""`threading.excepthook` raises in its turn; the thread's own exception is the one to report."""

import threading

EXPECT = "raised:ValueError"


def scenario() -> object:
    def hook(_: threading.ExceptHookArgs) -> None:
        raise KeyError("from the hook")

    def work() -> None:
        raise ValueError("from the thread")

    threading.excepthook = hook
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return "done"
