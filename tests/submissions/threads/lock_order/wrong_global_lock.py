# wrong: one lock for all transfers -> deadlocked OVER-SYNCHRONISED
import threading


class InsufficientFunds(Exception):
    pass


class Account:
    def __init__(self, number, balance):
        self.number = number
        self.balance = balance
        self.lock = threading.Lock()


BANK = threading.Lock()


def transfer(source, target, amount):
    with BANK:
        if source.balance < amount:
            raise InsufficientFunds()
        source.balance -= amount
        target.balance += amount


def total(accounts):
    with BANK:
        return sum(account.balance for account in accounts)
