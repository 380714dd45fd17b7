# wrong: no locks at all -> failed RACE-LOST-UPDATE
import threading


class InsufficientFunds(Exception):
    pass


class Account:
    def __init__(self, number, balance):
        self.number = number
        self.balance = balance
        self.lock = threading.Lock()


def transfer(source, target, amount):
    if source.balance < amount:
        raise InsufficientFunds()
    source.balance -= amount
    target.balance += amount


def total(accounts):
    return sum(account.balance for account in accounts)
