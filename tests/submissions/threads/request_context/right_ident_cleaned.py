# right: a dictionary by thread ident, from which the outermost request removes its entry
import threading


class RequestContext:
    def __init__(self):
        self._users = {}

    def handle(self, user, work):
        ident = threading.get_ident()
        nested = ident in self._users
        before = self._users.get(ident)
        self._users[ident] = user
        try:
            return work()
        finally:
            if nested:
                self._users[ident] = before
            else:
                del self._users[ident]

    def current_user(self):
        return self._users[threading.get_ident()]
