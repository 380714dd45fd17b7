# wrong: a dictionary from user to thread -> failed RACE-LOST-UPDATE
import threading
class RequestContext:
    def __init__(self): self._who = {}
    def handle(self, user, work):
        before = self._who.get(user)
        self._who[user] = threading.get_ident(), len(self._who)
        try: return work()
        finally:
            if before is None: del self._who[user]
            else: self._who[user] = before
    def current_user(self):
        mine = [(n, u) for u, (i, n) in list(self._who.items()) if i == threading.get_ident()]
        if not mine: raise LookupError
        return max(mine)[1]
