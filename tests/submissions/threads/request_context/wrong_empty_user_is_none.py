# wrong: tests the truth of the user, and the empty string is a user too -> failed CONTRACT
import threading


class RequestContext:
    def __init__(self):
        self._local = threading.local()

    def handle(self, user, work):
        before = getattr(self._local, "user", None)
        self._local.user = user
        try:
            return work()
        finally:
            self._local.user = before

    def current_user(self):
        user = getattr(self._local, "user", None)
        if not user:
            raise LookupError("no request")
        return user
