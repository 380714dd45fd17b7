# right: a stack of users in a subclass of threading.local
import threading


class Users(threading.local):
    def __init__(self):
        self.stack = []


class RequestContext:
    def __init__(self):
        self._users = Users()

    def handle(self, user, work):
        self._users.stack.append(user)
        try:
            return work()
        finally:
            self._users.stack.pop()

    def current_user(self):
        return self._users.stack[-1]
