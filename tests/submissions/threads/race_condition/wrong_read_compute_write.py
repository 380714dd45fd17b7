# wrong: reads, computes and writes without a lock -> failed RACE-LOST-UPDATE
class InsufficientFunds(Exception):
    pass


class Account:
    def __init__(self, balance=0):
        self._balance = balance

    @property
    def balance(self):
        return self._balance

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        new_balance = self._balance + amount
        self._balance = new_balance

    def withdraw(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        new_balance = self._balance - amount
        if new_balance < 0:
            raise InsufficientFunds()
        self._balance = new_balance
