class InsufficientFunds(Exception):
    pass


class Account:
    def __init__(self, balance=0):
        self.balance = balance

    def deposite(self, amount):
        self.balance += amount

    def withdraw(self, amount):
        self.balance -= amount
