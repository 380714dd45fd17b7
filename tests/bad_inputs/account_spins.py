class InsufficientFunds(Exception):
    pass


class Account:
    def __init__(self, balance=0):
        self._balance = balance
        self._busy = False

    @property
    def balance(self):
        return self._balance

    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("not an amount")
        while self._busy:
            pass
        self._busy = True
        self._balance += amount

    withdraw = deposit
