# right: acquire, and release in a finally, the property too
import threading


class InsufficientFunds(Exception):
    pass


class Account:
    def __init__(self, balance=0):
        self._balance = balance
        self._lock = threading.Lock()

    @property
    def balance(self):
        self._lock.acquire()
        try:
            return self._balance
        finally:
            self._lock.release()

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self._lock.acquire()
        try:
            self._balance += amount
        finally:
            self._lock.release()

    def withdraw(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self._lock.acquire()
        try:
            if amount > self._balance:
                raise InsufficientFunds()
            self._balance -= amount
        finally:
            self._lock.release()
