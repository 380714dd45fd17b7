# wrong: releases before raising and in the finally once more -> failed CONTRACT
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
                self._lock.release()
                raise InsufficientFunds()
            self._balance -= amount
        finally:
            self._lock.release()
