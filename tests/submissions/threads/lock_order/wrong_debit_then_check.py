# wrong: debits first and takes it back, and the balance is below zero meanwhile -> failed RACE-TORN-READ
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
    with first.lock, second.lock:
        source.balance -= amount
        if source.balance < 0:
            source.balance += amount
            raise InsufficientFunds()
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
