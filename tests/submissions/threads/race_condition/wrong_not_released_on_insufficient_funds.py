# wrong: InsufficientFunds leaves between acquire and release -> deadlocked LOCK-NOT-RELEASED
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
        self._lock.acquire()
        self._balance += amount
        self._lock.release()

    def withdraw(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self._lock.acquire()
        if amount > self._balance:
            raise InsufficientFunds()
        self._balance -= amount
        self._lock.release()
