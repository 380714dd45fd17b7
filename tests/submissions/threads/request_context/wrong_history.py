# wrong: keeps a list of all users for a report -> failed LOCAL-LEAK
import threading


class RequestContext:
    def __init__(self):
        self._local = threading.local()
        self._served = []

    def handle(self, user, work):
        before = getattr(self._local, "user", None)
        self._local.user = user
        self._served.append(user)
        try:
            return work()
        finally:
            self._local.user = before

    def current_user(self):
        user = getattr(self._local, "user", None)
        if user is None:
            raise LookupError("no request")
        return user
