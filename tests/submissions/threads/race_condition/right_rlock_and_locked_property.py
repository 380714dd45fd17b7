# right: an RLock, so that methods may use the locked property and each other
import threading


class InsufficientFunds(Exception):
    pass


class Account:
    def __init__(self, balance=0):
        self._balance = balance
        self._lock = threading.RLock()

    @property
    def balance(self):
        with self._lock:
            return self._balance

    def _add(self, amount):
        with self._lock:
            self._balance = self.balance + amount

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self._add(amount)

    def withdraw(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        with self._lock:
            if amount > self.balance:
                raise InsufficientFunds()
            self._add(-amount)
