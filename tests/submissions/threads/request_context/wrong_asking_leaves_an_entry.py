# wrong: a defaultdict by ident that every question adds to -> failed LOCAL-LEAK
import collections
import threading


class RequestContext:
    def __init__(self):
        self._users = collections.defaultdict(list)

    def handle(self, user, work):
        me = threading.get_ident()
        self._users[me].append(user)
        try:
            return work()
        finally:
            self._users[me].pop()
            if not self._users[me]:
                del self._users[me]

    def current_user(self):
        users = self._users[threading.get_ident()]
        if not users:
            raise LookupError("no request")
        return users[-1]
