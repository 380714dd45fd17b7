# right: whoever has taken the balance out of a queue of one owns it until putting one back
import queue


class InsufficientFunds(Exception):
    pass


class Account:
    def __init__(self, balance=0):
        self._box = queue.Queue(maxsize=1)
        self._box.put(balance)

    @property
    def balance(self):
        balance = self._box.get()
        self._box.put(balance)
        return balance

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self._box.put(self._box.get() + amount)

    def withdraw(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        balance = self._box.get()
        try:
            if amount > balance:
                raise InsufficientFunds()
            balance -= amount
        finally:
            self._box.put(balance)
