"""Tasks log through a handler of their own, whose lock is real Python code."""

import logging
import threading

EXPECT = "returned"
VALUE = ["message a", "message b"]


class Keep(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.kept: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.kept.append(record.getMessage())


def scenario() -> object:
    handler = Keep()
    logger = logging.getLogger("hostile")
    logger.propagate = False
    logger.addHandler(handler)
    threads = [threading.Thread(target=logger.error, args=("message %s", name)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(handler.kept)
