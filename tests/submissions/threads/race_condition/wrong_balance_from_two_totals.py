# wrong: the balance is computed from two totals that are read without the lock -> failed RACE-TORN-READ
import threading


class InsufficientFunds(Exception):
    pass


class Account:
    def __init__(self, balance=0):
        self._received = balance
        self._paid = 0
        self._lock = threading.Lock()

    @property
    def balance(self):
        return self._received - self._paid

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        with self._lock:
            self._received += amount

    def withdraw(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        with self._lock:
            if amount > self._received - self._paid:
                raise InsufficientFunds()
            self._paid += amount
