# wrong: a register of busy accounts under one lock that all transfers need -> deadlocked OVER-SYNCHRONISED
import threading


class InsufficientFunds(Exception):
    pass


class Account:
    def __init__(self, number, balance):
        self.number = number
        self.balance = balance
        self.lock = threading.Lock()


BUSY = set()
CHANGED = threading.Condition()


def _enter(accounts):
    with CHANGED:
        while any(account.number in BUSY for account in accounts):
            CHANGED.wait()
        BUSY.update(account.number for account in accounts)


def _leave(accounts):
    with CHANGED:
        BUSY.difference_update(account.number for account in accounts)
        CHANGED.notify_all()


def transfer(source, target, amount):
    if source is target:
        return
    _enter([source, target])
    try:
        if source.balance < amount:
            raise InsufficientFunds()
        source.balance -= amount
        target.balance += amount
    finally:
        _leave([source, target])


def total(accounts):
    accounts = list(accounts)
    _enter(accounts)
    try:
        return sum(account.balance for account in accounts)
    finally:
        _leave(accounts)
