# wrong: a flag for a lock: two threads find it down at once -> failed RACE-LOST-UPDATE
import time


class InsufficientFunds(Exception):
    pass


class Account:
    def __init__(self, balance=0):
        self._balance = balance
        self._busy = False

    @property
    def balance(self):
        return self._balance

    def _enter(self):
        while self._busy:
            time.sleep(0.001)
        self._busy = True

    def _leave(self):
        self._busy = False

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self._enter()
        try:
            self._balance += amount
        finally:
            self._leave()

    def withdraw(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self._enter()
        try:
            if amount > self._balance:
                raise InsufficientFunds()
            self._balance -= amount
        finally:
            self._leave()
