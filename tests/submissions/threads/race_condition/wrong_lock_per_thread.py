# wrong: keeps the lock in a thread-local, so every thread has its own -> failed LOCK-PER-CALL
import threading


class InsufficientFunds(Exception):
    pass


class Account:
    def __init__(self, balance=0):
        self._balance = balance
        self._local = threading.local()

    def _lock(self):
        if not hasattr(self._local, "lock"):
            self._local.lock = threading.Lock()
        return self._local.lock

    @property
    def balance(self):
        return self._balance

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        with self._lock():
            self._balance += amount

    def withdraw(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        with self._lock():
            if amount > self._balance:
                raise InsufficientFunds()
            self._balance -= amount
