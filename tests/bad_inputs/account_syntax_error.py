class InsufficientFunds(Exception):
    pass


class Account
    def __init__(self, balance=0):
        self._balance = balance
