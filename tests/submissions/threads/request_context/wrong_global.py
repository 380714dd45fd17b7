# wrong: a global variable -> failed LOCAL-WRONG-THREAD
_user = None


class RequestContext:
    def handle(self, user, work):
        global _user
        before = _user
        _user = user
        try:
            return work()
        finally:
            _user = before

    def current_user(self):
        if _user is None:
            raise LookupError("no request")
        return _user
