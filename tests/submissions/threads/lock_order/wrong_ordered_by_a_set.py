# wrong: takes the locks in the order of a set, which depends on what is put in first -> deadlocked LOCK-CYCLE
import threading
from contextlib import ExitStack


class InsufficientFunds(Exception):
    pass


class Account:
    def __init__(self, number, balance):
        self.number = number
        self.balance = balance
        self.lock = threading.Lock()


def transfer(source, target, amount):
    with ExitStack() as held:
        for account in {source, target}:
            held.enter_context(account.lock)
        if source.balance < amount:
            raise InsufficientFunds()
        if source is not target:
            source.balance -= amount
            target.balance += amount


def total(accounts):
    with ExitStack() as held:
        accounts = set(accounts)
        for account in accounts:
            held.enter_context(account.lock)
        return sum(account.balance for account in accounts)
