# wrong: makes the lock at the first use, and two threads make two -> failed LOCK-PER-CALL
import threading


class InsufficientFunds(Exception):
    pass


class Account:
    def __init__(self, balance=0):
        self._balance = balance
        self._lock = None

    @property
    def balance(self):
        return self._balance

    def _own_lock(self):
        if self._lock is None:
            self._lock = threading.Lock()
        return self._lock

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        with self._own_lock():
            self._balance += amount

    def withdraw(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        with self._own_lock():
            if amount > self._balance:
                raise InsufficientFunds()
            self._balance -= amount
