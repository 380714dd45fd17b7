# wrong: tries the locks and forgets the transfer when one is taken -> failed CONTRACT
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
    if not source.lock.acquire(blocking=False):
        return
    try:
        if not target.lock.acquire(blocking=False):
            return
        try:
            if source.balance < amount:
                raise InsufficientFunds()
            source.balance -= amount
            target.balance += amount
        finally:
            target.lock.release()
    finally:
        source.lock.release()


def total(accounts):
    ordered = sorted(accounts, key=lambda account: account.number)
    for account in ordered:
        account.lock.acquire()
    try:
        return sum(account.balance for account in ordered)
    finally:
        for account in ordered:
            account.lock.release()
