"""A context manager swallows every exception, around a wait without end."""

import threading
from types import TracebackType

EXPECT = "stuck"


class Swallow:
    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        return True


def scenario() -> object:
    never = threading.Lock()
    never.acquire()

    def wait() -> None:
        while True:
            with Swallow():
                never.acquire()

    thread = threading.Thread(target=wait)
    thread.start()
    thread.join()
    return "done"
