# wrong: sets the thread-local's default in __init__, where only one thread sees it -> failed CONTRACT
import threading


class RequestContext:
    def __init__(self):
        self._local = threading.local()
        self._local.stack = []

    def handle(self, user, work):
        self._local.stack.append(user)
        try:
            return work()
        finally:
            self._local.stack.pop()

    def current_user(self):
        return self._local.stack[-1]
