# wrong: only the outermost request cleans up, so the inner user stays -> failed LOCAL-LEAK
import threading


class RequestContext:
    def __init__(self):
        self._local = threading.local()

    def handle(self, user, work):
        outermost = not hasattr(self._local, "user")
        self._local.user = user
        try:
            return work()
        finally:
            if outermost:
                del self._local.user

    def current_user(self):
        if not hasattr(self._local, "user"):
            raise LookupError("no request")
        return self._local.user
