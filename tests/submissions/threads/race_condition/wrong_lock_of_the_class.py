# wrong: one lock in the class, shared by all accounts -> deadlocked OVER-SYNCHRONISED
import threading


class InsufficientFunds(Exception):
    pass


class Account:
    _lock = threading.Lock()

    def __init__(self, balance=0):
        self._balance = balance

    @property
    def balance(self):
        return self._balance

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        with self._lock:
            self._balance += amount

    def withdraw(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        with self._lock:
            if amount > self._balance:
                raise InsufficientFunds()
            self._balance -= amount
