"""Reference for threads/request_context: a thread-local user, put back in a finally."""

import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class RequestContext:
    """Knows, in every thread, for which user that thread is working."""

    def __init__(self) -> None:
        self._here = threading.local()

    def handle(self, user: str, work: Callable[[], T]) -> T:
        """Run `work` with `user` as the calling thread's user, and return what it returns."""
        before = getattr(self._here, "user", None)
        self._here.user = user
        try:
            return work()
        finally:
            self._here.user = before

    def current_user(self) -> str:
        """The calling thread's user. Outside a request raise LookupError."""
        user: str | None = getattr(self._here, "user", None)
        if user is None:
            raise LookupError("no request in this thread")
        return user
