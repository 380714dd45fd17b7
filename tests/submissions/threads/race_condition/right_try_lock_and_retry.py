# right: tries the lock and pauses until it is free
import threading
import time


class InsufficientFunds(Exception):
    pass


class Account:
    def __init__(self, balance=0):
        self._balance = balance
        self._lock = threading.Lock()

    @property
    def balance(self):
        return self._balance

    def _enter(self):
        while not self._lock.acquire(blocking=False):
            time.sleep(0.001)

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self._enter()
        try:
            self._balance += amount
        finally:
            self._lock.release()

    def withdraw(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self._enter()
        try:
            if amount > self._balance:
                raise InsufficientFunds()
            self._balance -= amount
        finally:
            self._lock.release()
