# wrong: debits under one lock, credits under the other, with a gap between -> failed RACE-TORN-READ
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
    with source.lock:
        if source.balance < amount:
            raise InsufficientFunds()
        source.balance -= amount
    with target.lock:
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
