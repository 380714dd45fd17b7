# right: runs work in a copy of the calling thread's contextvars context
import contextvars


class RequestContext:
    def __init__(self):
        self._user = contextvars.ContextVar("user")

    def handle(self, user, work):
        def run():
            self._user.set(user)
            return work()

        return contextvars.copy_context().run(run)

    def current_user(self):
        return self._user.get()
