# wrong: one attribute and a lock that is held while work runs -> deadlocked NOT-CONCURRENT
import threading


class RequestContext:
    def __init__(self):
        self._lock = threading.RLock()
        self._user = None
        self._owner = None

    def handle(self, user, work):
        with self._lock:
            before = self._user, self._owner
            self._user, self._owner = user, threading.current_thread()
            try:
                return work()
            finally:
                self._user, self._owner = before

    def current_user(self):
        if self._owner is not threading.current_thread():
            raise LookupError("no request")
        return self._user
