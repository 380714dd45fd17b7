class InsufficientFunds(Exception):
    pass


class Account:
    balance = 0

    def __init__(self, balance=0):
        raise NotImplementedError

    def deposit(self, amount):
        raise NotImplementedError

    def withdraw(self, amount):
        raise NotImplementedError
