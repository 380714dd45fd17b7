# wrong: makes a new thread-local in every request, for all threads to use -> failed LOCAL-WRONG-THREAD
import threading


class RequestContext:
    def __init__(self):
        self._local = threading.local()

    def handle(self, user, work):
        before = self._local
        self._local = threading.local()
        self._local.user = user
        try:
            return work()
        finally:
            self._local = before

    def current_user(self):
        try:
            return self._local.user
        except AttributeError:
            raise LookupError("no request") from None
