# right: one helper that takes any number of locks in order, the greatest number first
import threading
from contextlib import ExitStack, contextmanager


class InsufficientFunds(Exception):
    pass


class Account:
    def __init__(self, number, balance):
        self.number = number
        self.balance = balance
        self.lock = threading.Lock()


@contextmanager
def locked(accounts):
    with ExitStack() as stack:
        for account in sorted(accounts, key=lambda account: account.number, reverse=True):
            stack.enter_context(account.lock)
        yield


def transfer(source, target, amount):
    if source is target:
        return
    with locked([source, target]):
        if source.balance < amount:
            raise InsufficientFunds()
        source.balance -= amount
        target.balance += amount


def total(accounts):
    accounts = list(accounts)
    with locked(accounts):
        return sum(account.balance for account in accounts)
