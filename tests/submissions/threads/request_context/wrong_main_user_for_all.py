# wrong: a thread without a request has the user of the main thread -> failed LOCAL-WRONG-THREAD
import threading


class RequestContext:
    def __init__(self):
        self._local = threading.local()
        self._main = []

    def _users(self):
        if threading.current_thread() is threading.main_thread():
            return self._main
        return self._local.__dict__.setdefault("users", [])

    def handle(self, user, work):
        users = self._users()
        users.append(user)
        try:
            return work()
        finally:
            users.pop()

    def current_user(self):
        users = self._users() or self._main
        if not users:
            raise LookupError("no request")
        return users[-1]
