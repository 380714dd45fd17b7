# wrong: InsufficientFunds leaves with both locks -> failed LOCK-NOT-RELEASED
import threading


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
    first, second = sorted((source, target), key=lambda account: account.number)
    first.lock.acquire()
    second.lock.acquire()
    if source.balance < amount:
        raise InsufficientFunds()
    source.balance -= amount
    target.balance += amount
    second.lock.release()
    first.lock.release()


def total(accounts):
    ordered = sorted(accounts, key=lambda account: account.number)
    for account in ordered:
        account.lock.acquire()
    try:
        return sum(account.balance for account in ordered)
    finally:
        for account in ordered:
            account.lock.release()
