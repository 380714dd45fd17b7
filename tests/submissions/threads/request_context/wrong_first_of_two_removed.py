# wrong: leaves a request by removing the first entry of its user -> failed LOCAL-LEAK
import threading


class RequestContext:
    def __init__(self):
        self._local = threading.local()

    def handle(self, user, work):
        users = self._local.__dict__.setdefault("users", [])
        users.append(user)
        try:
            return work()
        finally:
            users.remove(user)

    def current_user(self):
        users = getattr(self._local, "users", [])
        if not users:
            raise LookupError("no request")
        return users[-1]
