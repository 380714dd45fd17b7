# wrong: a dictionary by thread ident in which every finished thread leaves a None -> failed LOCAL-LEAK
import threading


class RequestContext:
    def __init__(self):
        self._users = {}

    def handle(self, user, work):
        ident = threading.get_ident()
        before = self._users.get(ident)
        self._users[ident] = user
        try:
            return work()
        finally:
            self._users[ident] = before

    def current_user(self):
        user = self._users.get(threading.get_ident())
        if user is None:
            raise LookupError("no request")
        return user
