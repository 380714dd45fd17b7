# wrong: a thread-local that is never put back: a pool's thread keeps its last user -> failed LOCAL-LEAK
import threading


class RequestContext:
    def __init__(self):
        self._local = threading.local()

    def handle(self, user, work):
        self._local.user = user
        return work()

    def current_user(self):
        try:
            return self._local.user
        except AttributeError:
            raise LookupError("no request") from None
