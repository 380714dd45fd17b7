# wrong: one lock for deposits, another for withdrawals of the same balance -> failed LOCK-PER-CALL
import threading


class InsufficientFunds(Exception):
    pass


class Account:
    def __init__(self, balance=0):
        self._balance = balance
        self._deposit_lock = threading.Lock()
        self._withdraw_lock = threading.Lock()

    @property
    def balance(self):
        return self._balance

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        with self._deposit_lock:
            self._balance += amount

    def withdraw(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        with self._withdraw_lock:
            if amount > self._balance:
                raise InsufficientFunds()
            self._balance -= amount
