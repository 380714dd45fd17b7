# wrong: makes a new lock in every call -> failed LOCK-PER-CALL
import threading


class InsufficientFunds(Exception):
    pass


class Account:
    def __init__(self, balance=0):
        self._balance = balance

    @property
    def balance(self):
        return self._balance

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        lock = threading.Lock()
        with lock:
            self._balance += amount

    def withdraw(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        lock = threading.Lock()
        with lock:
            if amount > self._balance:
                raise InsufficientFunds()
            self._balance -= amount
