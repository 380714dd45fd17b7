# right: locks in a weak dictionary, made under a guard
import threading
class InsufficientFunds(Exception): pass

from weakref import WeakKeyDictionary
_guard = threading.Lock(); _locks = WeakKeyDictionary()
class Account:   # the lock stands outside of the object; the guard is held for the look-up in __init__ only
    def __init__(self, balance=0):
        self._b = balance
        with _guard: _locks[self] = threading.RLock()
    @property
    def balance(self): return self._b
    def deposit(self, amount):
        if amount <= 0: raise ValueError(amount)
        with _locks[self]: self._b += amount
    def withdraw(self, amount):
        if amount <= 0: raise ValueError(amount)
        with _locks[self]:
            if self._b < amount: raise InsufficientFunds
            self._b -= amount
