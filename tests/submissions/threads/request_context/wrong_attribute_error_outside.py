# wrong: lets the thread-local's AttributeError out where LookupError is asked for -> failed CONTRACT
import threading


class RequestContext:
    def __init__(self):
        self._local = threading.local()

    def handle(self, user, work):
        missing = object()
        before = getattr(self._local, "user", missing)
        self._local.user = user
        try:
            return work()
        finally:
            if before is missing:
                del self._local.user
            else:
                self._local.user = before

    def current_user(self):
        return self._local.user
