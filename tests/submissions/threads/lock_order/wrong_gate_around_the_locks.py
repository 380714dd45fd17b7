# wrong: a global lock while taking the two locks, so one waits and all do -> deadlocked OVER-SYNCHRONISED
import threading


class InsufficientFunds(Exception):
    pass


class Account:
    def __init__(self, number, balance):
        self.number = number
        self.balance = balance
        self.lock = threading.Lock()


GATE = threading.Lock()


def transfer(source, target, amount):
    if source is target:
        return
    with GATE:
        source.lock.acquire()
        target.lock.acquire()
    try:
        if source.balance < amount:
            raise InsufficientFunds()
        source.balance -= amount
        target.balance += amount
    finally:
        source.lock.release()
        target.lock.release()


def total(accounts):
    accounts = list(accounts)
    with GATE:
        for account in accounts:
            account.lock.acquire()
    try:
        return sum(account.balance for account in accounts)
    finally:
        for account in accounts:
            account.lock.release()
