"""The program handles its threads' exceptions itself; the hook must be gone in the next execution."""

import threading

EXPECT = "returned"
VALUE = [["ValueError", "ValueError"], False]


def scenario() -> object:
    caught: list[str] = []
    lock = threading.Lock()
    replaced_before = threading.excepthook is not threading.__excepthook__

    def hook(args: threading.ExceptHookArgs) -> None:
        with lock:
            caught.append(args.exc_type.__name__)

    def work() -> None:
        raise ValueError("from the thread")

    threading.excepthook = hook
    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [caught, replaced_before]
