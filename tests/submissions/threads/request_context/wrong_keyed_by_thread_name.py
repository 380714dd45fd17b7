# wrong: a dictionary by the thread's name, and names repeat -> failed LOCAL-WRONG-THREAD
import threading


class RequestContext:
    def __init__(self):
        self._users = {}

    def handle(self, user, work):
        name = threading.current_thread().name
        before = self._users.get(name)
        self._users[name] = user
        try:
            return work()
        finally:
            if before is None:
                self._users.pop(name, None)
            else:
                self._users[name] = before

    def current_user(self):
        return self._users[threading.current_thread().name]
