# wrong: keeps the last exception, and with it the frames and the user -> failed LOCAL-LEAK
import threading
class RequestContext:
    def __init__(self): self._here = threading.local(); self._last_error = None
    def handle(self, user, work):
        before = getattr(self._here, "user", None)
        self._here.user = user
        try: return work()
        except BaseException as error:
            self._last_error = error
            raise
        finally: self._here.user = before
    def current_user(self):
        u = getattr(self._here, "user", None)
        if u is None: raise LookupError
        return u
