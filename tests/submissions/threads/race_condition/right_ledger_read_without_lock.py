# right: a tuple of entries is replaced under a lock, and summed without it
import threading


class InsufficientFunds(Exception):
    pass


class Account:
    def __init__(self, balance=0):
        self._entries = (balance,)
        self._lock = threading.Lock()

    @property
    def balance(self):
        return sum(self._entries)

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        with self._lock:
            self._entries = (*self._entries, amount)

    def withdraw(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        with self._lock:
            if amount > sum(self._entries):
                raise InsufficientFunds()
            self._entries = (*self._entries, -amount)
