# wrong: a dictionary by Thread object keeps every thread that ever served -> failed LOCAL-LEAK
import threading


class RequestContext:
    def __init__(self):
        self._users = {}

    def handle(self, user, work):
        thread = threading.current_thread()
        before = self._users.get(thread)
        self._users[thread] = user
        try:
            return work()
        finally:
            self._users[thread] = before

    def current_user(self):
        user = self._users.get(threading.current_thread())
        if user is None:
            raise LookupError("no request")
        return user
