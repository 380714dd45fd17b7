# wrong: total goes through a generator twice, and the second time finds nothing -> failed CONTRACT
import threading
from contextlib import ExitStack


class InsufficientFunds(Exception):
    pass


class Account:
    def __init__(self, number, balance):
        self.number = number
        self.balance = balance
        self.lock = threading.Lock()


def transfer(source, target, amount):
    if source is target:
        return
    first, second = (source, target) if source.number < target.number else (target, source)
    with first.lock, second.lock:
        if source.balance < amount:
            raise InsufficientFunds()
        source.balance -= amount
        target.balance += amount


def total(accounts):
    with ExitStack() as held:
        for account in sorted(accounts, key=lambda account: account.number):
            held.enter_context(account.lock)
        return sum(account.balance for account in accounts)
