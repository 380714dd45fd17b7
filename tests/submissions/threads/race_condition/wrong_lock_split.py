# wrong: reads under the lock, lets it go, and writes under it again -> failed LOCK-SPLIT
import threading


class InsufficientFunds(Exception):
    pass


class Account:
    def __init__(self, balance=0):
        self._balance = balance
        self._lock = threading.Lock()

    @property
    def balance(self):
        with self._lock:
            return self._balance

    def _set(self, balance):
        with self._lock:
            self._balance = balance

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self._set(self.balance + amount)

    def withdraw(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        balance = self.balance
        if amount > balance:
            raise InsufficientFunds()
        self._set(balance - amount)
