# right: a generator context manager over a thread-local, with a sentinel for nobody
import contextlib
import threading

NOBODY = object()


class RequestContext:
    def __init__(self):
        self._local = threading.local()

    @contextlib.contextmanager
    def _as_user(self, user):
        before = getattr(self._local, "user", NOBODY)
        self._local.user = user
        try:
            yield
        finally:
            self._local.user = before

    def handle(self, user, work):
        with self._as_user(user):
            return work()

    def current_user(self):
        user = getattr(self._local, "user", NOBODY)
        if user is NOBODY:
            raise LookupError("no request in this thread")
        return user
