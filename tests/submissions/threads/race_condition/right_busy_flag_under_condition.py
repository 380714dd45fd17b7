# right: a busy flag under a condition
import threading
class InsufficientFunds(Exception): pass

class Account:
    __slots__ = ("_money", "_free")
    def __init__(self, balance=0):
        self._money = [balance]; self._free = threading.Event(); self._free.set(); 
        self._money.append(threading.Barrier(1))
    @property
    def balance(self): return self._money[0]
    def _enter(self):
        # take the token: list.pop is atomic
        while True:
            try: return self._money.pop()
            except IndexError: raise
    deposit = withdraw = None
class Account:   # the balance is a token in a deque; whoever popped it owns it; others wait on a condition
    def __init__(self, balance=0):
        self._seen = balance; self._cond = threading.Condition(); self._busy = False
    @property
    def balance(self): return self._seen
    def _own(self):
        with self._cond:
            while self._busy: self._cond.wait()
            self._busy = True
    def _give(self):
        with self._cond:
            self._busy = False
            self._cond.notify()
    def deposit(self, amount):
        if amount <= 0: raise ValueError(amount)
        self._own()
        try: self._seen += amount
        finally: self._give()
    def withdraw(self, amount):
        if amount <= 0: raise ValueError(amount)
        self._own()
        try:
            if self._seen < amount: raise InsufficientFunds
            self._seen -= amount
        finally: self._give()
