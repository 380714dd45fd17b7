# wrong: the amount is made a plain number, then a lock of the class is taken -> deadlocked OVER-SYNCHRONISED
import threading
class InsufficientFunds(Exception): pass

ONE = threading.Lock()
class Account:   # class-wide lock, hidden from Held by int(amount)
    def __init__(self, balance=0): self._b = balance
    @property
    def balance(self):
        with ONE: return self._b
    def deposit(self, amount):
        amount = int(amount)
        if amount <= 0: raise ValueError(amount)
        with ONE: self._b += amount
    def withdraw(self, amount):
        amount = int(amount)
        if amount <= 0: raise ValueError(amount)
        with ONE:
            if self._b < amount: raise InsufficientFunds
            self._b -= amount
