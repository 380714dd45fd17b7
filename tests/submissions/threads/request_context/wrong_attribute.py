# wrong: one attribute of the object, shared by all threads -> failed LOCAL-WRONG-THREAD
class RequestContext:
    def __init__(self):
        self._user = None

    def handle(self, user, work):
        before = self._user
        self._user = user
        try:
            return work()
        finally:
            self._user = before

    def current_user(self):
        if self._user is None:
            raise LookupError("no request")
        return self._user
