# wrong: sixteen locks for all accounts, chosen by the account's identity -> deadlocked OVER-SYNCHRONISED
import threading


class InsufficientFunds(Exception):
    pass


_locks = [threading.Lock() for _ in range(16)]


class Account:
    def __init__(self, balance=0):
        self._balance = balance

    @property
    def _lock(self):
        return _locks[id(self) % 16]

    @property
    def balance(self):
        with self._lock:
            return self._balance

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError(amount)
        with self._lock:
            self._balance += amount

    def withdraw(self, amount):
        if amount <= 0:
            raise ValueError(amount)
        with self._lock:
            if amount > self._balance:
                raise InsufficientFunds(amount)
            self._balance -= amount
