# wrong: a LookupError from work ends as a result -> failed EXCEPTION-LOST
import threading
class RequestContext:
    def __init__(self): self._here = threading.local()
    def handle(self, user, work):
        s = self._here.__dict__.setdefault("s", [])
        s.append(user)
        try:
            return work()
        except LookupError:
            return None          # "no request"
        finally: s.pop()
    def current_user(self):
        s = getattr(self._here, "s", None)
        if not s: raise LookupError
        return s[-1]
