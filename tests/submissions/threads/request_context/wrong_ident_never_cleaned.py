# wrong: a dictionary by thread ident that is never cleaned -> failed LOCAL-LEAK
import threading


class RequestContext:
    def __init__(self):
        self._users = {}

    def handle(self, user, work):
        self._users[threading.get_ident()] = user
        return work()

    def current_user(self):
        return self._users[threading.get_ident()]
