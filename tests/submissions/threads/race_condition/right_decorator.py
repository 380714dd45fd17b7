# right: a decorator that runs a method under the lock of its object
import functools
import threading


class InsufficientFunds(Exception):
    pass


def exclusive(method):
    @functools.wraps(method)
    def wrapper(self, *args):
        with self._lock:
            return method(self, *args)

    return wrapper


class Account:
    def __init__(self, balance=0):
        self._balance = balance
        self._lock = threading.Lock()

    @property
    @exclusive
    def balance(self):
        return self._balance

    @exclusive
    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self._balance += amount

    @exclusive
    def withdraw(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        if amount > self._balance:
            raise InsufficientFunds()
        self._balance -= amount
