# wrong: total takes the locks in the order in which it is given the accounts -> deadlocked LOCK-CYCLE
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
    accounts = list(accounts)
    for account in accounts:
        account.lock.acquire()
    try:
        return sum(account.balance for account in accounts)
    finally:
        for account in accounts:
            account.lock.release()
