# right: a WeakKeyDictionary by Thread object, so that a finished thread takes its entry along
import threading
import weakref


class RequestContext:
    def __init__(self):
        self._lock = threading.Lock()
        self._users = weakref.WeakKeyDictionary()

    def _swap(self, user):
        thread = threading.current_thread()
        with self._lock:
            before = self._users.get(thread)
            self._users[thread] = user
        return before

    def handle(self, user, work):
        before = self._swap(user)
        try:
            return work()
        finally:
            self._swap(before)

    def current_user(self):
        with self._lock:
            user = self._users.get(threading.current_thread())
        if user is None:
            raise LookupError("no request in this thread")
        return user
