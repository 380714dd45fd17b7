# wrong: current_user gives None outside a request -> failed CONTRACT
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
        return getattr(self._local, "user", None)
