# wrong: the context manager around the lock swallows InsufficientFunds -> failed CONTRACT
import threading


class InsufficientFunds(Exception):
    pass


class Guard:
    def __init__(self): self.lock = threading.Lock()
    def __enter__(self): self.lock.acquire()
    def __exit__(self, *exc):
        self.lock.release()
        return True
class Account:
    def __init__(self, balance=0):
        self._balance = balance
        self._g = Guard()
    @property
    def balance(self): return self._balance
    def deposit(self, amount):
        if amount <= 0: raise ValueError
        with self._g:
            self._balance += amount
    def withdraw(self, amount):
        if amount <= 0: raise ValueError
        with self._g:
            if self._balance < amount: raise InsufficientFunds
            self._balance -= amount
