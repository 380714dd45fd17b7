# wrong: a stack for each thread ident, and the empty stacks are kept -> failed LOCAL-LEAK
import threading
from collections import defaultdict


class RequestContext:
    def __init__(self):
        self._stacks = defaultdict(list)

    def handle(self, user, work):
        stack = self._stacks[threading.get_ident()]
        stack.append(user)
        try:
            return work()
        finally:
            stack.pop()

    def current_user(self):
        return self._stacks[threading.get_ident()][-1]
