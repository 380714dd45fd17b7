# right: the users lie on the Thread object itself, by context
import threading


class RequestContext:
    def _users(self):
        return threading.current_thread().__dict__.setdefault("users_by_context", {})

    def handle(self, user, work):
        users = self._users()
        before = users.get(self)
        users[self] = user
        try:
            return work()
        finally:
            if before is None:
                del users[self]
            else:
                users[self] = before

    def current_user(self):
        return self._users()[self]
