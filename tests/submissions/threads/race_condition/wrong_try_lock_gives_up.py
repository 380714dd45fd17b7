# wrong: does nothing, silently, when the lock is taken -> failed CONTRACT
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
        if self._lock.acquire(blocking=False):
            try:
                self._balance += amount
            finally:
                self._lock.release()

    def withdraw(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        if self._lock.acquire(blocking=False):
            try:
                if amount > self._balance:
                    raise InsufficientFunds()
                self._balance -= amount
            finally:
                self._lock.release()
