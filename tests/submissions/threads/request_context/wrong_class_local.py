# wrong: the thread-local stands in the class, so all contexts share it -> failed CONTRACT
import threading


class RequestContext:
    _local = threading.local()

    def handle(self, user, work):
        before = getattr(self._local, "user", None)
        self._local.user = user
        try:
            return work()
        finally:
            self._local.user = before

    def current_user(self):
        user = getattr(self._local, "user", None)
        if user is None:
            raise LookupError("no request")
        return user
