# wrong: lets an amount of zero through -> failed CONTRACT
import threading


class InsufficientFunds(Exception):
    pass


class Account:
    def __init__(self, balance=0):
        self._balance = balance
        self._lock = threading.Lock()

    @property
    def balance(self):
        return self._balance

    def deposit(self, amount):
        if amount < 0:
            raise ValueError("amount must not be negative")
        with self._lock:
            self._balance += amount

    def withdraw(self, amount):
        if amount < 0:
            raise ValueError("amount must not be negative")
        with self._lock:
            if amount > self._balance:
                raise InsufficientFunds()
            self._balance -= amount
