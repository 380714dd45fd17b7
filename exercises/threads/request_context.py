"""Who is asking? Code far down in a web server wants to know, and the server has many threads.

Read request_context.md, change this file until its checks pass, and run them with `dojo run request_context`.
"""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class RequestContext:
    """Knows, in every thread, for which user that thread is working.

    Threads never see each other's user, whatever their names. Requests in different threads run at the same time.
    A thread that serves many requests (one of a pool) never sees the user of the last one.
    Any string is a user, "" too. Two RequestContext objects are independent of each other.
    Nothing about a finished thread is kept, neither its user nor anything else.
    """

    def handle(self, user: str, work: Callable[[], T]) -> T:
        """Run `work` with `user` as the calling thread's user, and return what it returns.

        Afterwards put back what was there before, also when `work` raises. A request may be handled inside another.
        """
        self._user = user
        return work()

    def current_user(self) -> str:
        """The calling thread's user. Outside a request raise LookupError."""
        try:
            return self._user
        except AttributeError:
            raise LookupError("no request here") from None
