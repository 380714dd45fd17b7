# right: two-phase locking: the source is let go once it is debited, before the target is credited
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
    try:
        try:
            if source.balance < amount:
                raise InsufficientFunds()
            source.balance -= amount
        finally:
            source.lock.release()
        target.balance += amount
    finally:
        target.lock.release()


def total(accounts):
    ordered = sorted(accounts, key=lambda account: account.number)
    for account in ordered:
        account.lock.acquire()
    result = 0
    for account in ordered:
        result += account.balance
        account.lock.release()
    return result
