# wrong: a cached function gives each ident its list of users -> failed LOCAL-LEAK
import functools
import threading


class RequestContext:
    def __init__(self):
        self._users_of = functools.cache(lambda ident: [])

    def handle(self, user, work):
        users = self._users_of(threading.get_ident())
        users.append(user)
        try:
            return work()
        finally:
            users.pop()

    def current_user(self):
        users = self._users_of(threading.get_ident())
        if not users:
            raise LookupError("no request")
        return users[-1]
