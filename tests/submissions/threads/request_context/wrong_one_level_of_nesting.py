# wrong: remembers one outer user, in one place, and a third request overwrites it -> failed LOCAL-LEAK
import threading


class RequestContext:
    def __init__(self):
        self._local = threading.local()

    def handle(self, user, work):
        self._local.outer = getattr(self._local, "user", None)
        self._local.user = user
        try:
            return work()
        finally:
            self._local.user = self._local.outer
            self._local.outer = None

    def current_user(self):
        user = getattr(self._local, "user", None)
        if user is None:
            raise LookupError("no request")
        return user
