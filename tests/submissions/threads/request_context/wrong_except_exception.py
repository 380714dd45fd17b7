# wrong: cleans up in `except Exception`, which not everything is -> failed LOCAL-LEAK
import threading


class RequestContext:
    def __init__(self):
        self._local = threading.local()

    def handle(self, user, work):
        before = getattr(self._local, "user", None)
        self._local.user = user
        try:
            result = work()
        except Exception:
            self._local.user = before
            raise
        self._local.user = before
        return result

    def current_user(self):
        user = getattr(self._local, "user", None)
        if user is None:
            raise LookupError("no request")
        return user
