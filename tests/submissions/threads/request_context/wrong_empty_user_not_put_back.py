# wrong: puts the outer user back only if it is true -> failed CONTRACT
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
            if before:
                self._local.user = before
            else:
                self._local.__dict__.pop("user", None)

    def current_user(self):
        try:
            return self._local.user
        except AttributeError:
            raise LookupError("no request") from None
