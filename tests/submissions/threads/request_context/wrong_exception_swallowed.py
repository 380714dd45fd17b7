# wrong: prints what work raised, and goes on -> failed EXCEPTION-LOST
import threading


class RequestContext:
    def __init__(self):
        self._local = threading.local()

    def handle(self, user, work):
        before = getattr(self._local, "user", None)
        self._local.user = user
        result = None
        try:
            result = work()
        except BaseException as error:
            print("request failed:", error)
        self._local.user = before
        return result

    def current_user(self):
        user = getattr(self._local, "user", None)
        if user is None:
            raise LookupError("no request")
        return user
