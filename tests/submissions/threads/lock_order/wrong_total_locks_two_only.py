# wrong: total locks two accounts only -> failed RACE-TORN-READ
import threading
import time
import random
from contextlib import ExitStack, contextmanager


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
    first, second = sorted((source, target), key=lambda a: a.number)
    with first.lock, second.lock:
        if source.balance < amount:
            raise InsufficientFunds
        source.balance -= amount
        target.balance += amount


def total(accounts):
    # locks at most two at a time are "enough for a transfer": the first two only
    accounts = sorted(accounts, key=lambda a: a.number)
    with ExitStack() as held:
        for account in accounts[:2]:
            held.enter_context(account.lock)
        return sum(account.balance for account in accounts)
