# wrong: locks the write only, the read before it is free -> failed RACE-LOST-UPDATE
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
        if amount <= 0:
            raise ValueError("amount must be positive")
        new_balance = self._balance + amount
        with self._lock:
            self._balance = new_balance

    def withdraw(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        new_balance = self._balance - amount
        if new_balance < 0:
            raise InsufficientFunds()
        with self._lock:
            self._balance = new_balance
