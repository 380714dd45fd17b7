# right: the lock of the smaller number first, nested with statements
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
    if source.number < target.number:
        with source.lock:
            with target.lock:
                _move(source, target, amount)
    else:
        with target.lock:
            with source.lock:
                _move(source, target, amount)


def _move(source, target, amount):
    if source.balance < amount:
        raise InsufficientFunds()
    source.balance -= amount
    target.balance += amount


def total(accounts):
    ordered = sorted(accounts, key=lambda account: account.number)
    for account in ordered:
        account.lock.acquire()
    try:
        return sum(account.balance for account in ordered)
    finally:
        for account in ordered:
            account.lock.release()
