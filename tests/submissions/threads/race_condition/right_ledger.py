# right: a list of entries under a lock, the balance is their sum
import threading


class InsufficientFunds(Exception):
    pass


class Account:
    def __init__(self, balance=0):
        self._entries = [balance]
        self._lock = threading.Lock()

    @property
    def balance(self):
        with self._lock:
            return sum(self._entries)

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        with self._lock:
            self._entries.append(amount)

    def withdraw(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        with self._lock:
            if amount > sum(self._entries):
                raise InsufficientFunds()
            self._entries.append(-amount)
