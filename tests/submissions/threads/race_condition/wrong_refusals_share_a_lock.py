# wrong: withdrawals that are refused wait for each other, whatever the account -> deadlocked OVER-SYNCHRONISED
import threading
class InsufficientFunds(Exception): pass

REFUSALS = threading.Lock()
class Account:   # refused withdrawals queue up behind each other, over all accounts, while the message is made
    def __init__(self, balance=0): self._b = balance; self._l = threading.Lock()
    @property
    def balance(self): return self._b
    def deposit(self, amount):
        if amount <= 0: raise ValueError(amount)
        with self._l: self._b += amount
    def withdraw(self, amount):
        if amount <= 0: raise ValueError(amount)
        with self._l:
            if self._b < amount:
                with REFUSALS:
                    raise InsufficientFunds(self._b - amount)
            self._b -= amount
