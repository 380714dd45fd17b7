# right: a ContextVar for each context, reset by its token
import contextvars


class RequestContext:
    def __init__(self):
        self._user = contextvars.ContextVar("user")

    def handle(self, user, work):
        token = self._user.set(user)
        try:
            return work()
        finally:
            self._user.reset(token)

    def current_user(self):
        return self._user.get()
