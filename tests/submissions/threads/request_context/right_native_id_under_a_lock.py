# right: a dictionary by the system's thread id, under a lock that is free while work runs
import threading


class RequestContext:
    def __init__(self):
        self._lock = threading.Lock()
        self._stacks = {}

    def handle(self, user, work):
        key = threading.get_native_id()
        with self._lock:
            self._stacks.setdefault(key, []).append(user)
        try:
            return work()
        finally:
            with self._lock:
                self._stacks[key].pop()
                if not self._stacks[key]:
                    del self._stacks[key]

    def current_user(self):
        with self._lock:
            stack = self._stacks.get(threading.get_native_id())
            if stack is None:
                raise LookupError("no request in this thread")
            return stack[-1]
