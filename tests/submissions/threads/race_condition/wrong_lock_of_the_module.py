# wrong: one global lock around everything, checks and reading included -> deadlocked OVER-SYNCHRONISED
import threading


class InsufficientFunds(Exception):
    pass


LOCK = threading.RLock()


class Account:
    def __init__(self, balance=0):
        self._balance = balance

    @property
    def balance(self):
        with LOCK:
            return self._balance

    def deposit(self, amount):
        with LOCK:
            if amount <= 0:
                raise ValueError("amount must be positive")
            self._balance += amount

    def withdraw(self, amount):
        with LOCK:
            if amount <= 0:
                raise ValueError("amount must be positive")
            if amount > self._balance:
                raise InsufficientFunds()
            self._balance -= amount
