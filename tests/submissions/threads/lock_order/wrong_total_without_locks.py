# wrong: total takes no lock, it only reads -> failed RACE-TORN-READ
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
    first, second = (source, target) if source.number < target.number else (target, source)
    with first.lock, second.lock:
        if source.balance < amount:
            raise InsufficientFunds()
        source.balance -= amount
        target.balance += amount


def total(accounts):
    return sum(account.balance for account in accounts)
