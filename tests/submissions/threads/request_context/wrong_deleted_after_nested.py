# wrong: deletes the user at the end, and the outer request has none any more -> failed LOCAL-LEAK
import threading


class RequestContext:
    def __init__(self):
        self._local = threading.local()

    def handle(self, user, work):
        self._local.user = user
        try:
            return work()
        finally:
            self._local.__dict__.pop("user", None)

    def current_user(self):
        try:
            return self._local.user
        except AttributeError:
            raise LookupError("no request") from None
