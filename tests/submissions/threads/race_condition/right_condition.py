# right: a Condition used as the lock that it holds
import threading


class InsufficientFunds(Exception):
    pass


class Account:
    def __init__(self, balance=0):
        self._balance = balance
        self._changed = threading.Condition()

    @property
    def balance(self):
        with self._changed:
            return self._balance

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        with self._changed:
            self._balance += amount
            self._changed.notify_all()

    def withdraw(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        with self._changed:
            if amount > self._balance:
                raise InsufficientFunds()
            self._balance -= amount
            self._changed.notify_all()
