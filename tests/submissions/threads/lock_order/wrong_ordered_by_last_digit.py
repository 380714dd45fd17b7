# wrong: locks in the order of the last digit -> deadlocked LOCK-CYCLE
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



def total(accounts):
    ordered = sorted(accounts, key=lambda a: a.number)
    with ExitStack() as held:
        for account in ordered:
            held.enter_context(account.lock)
        return sum(account.balance for account in ordered)

def transfer(source, target, amount):
    if source is target:
        return
    first, second = sorted((source, target), key=lambda a: a.number % 10)
    with first.lock, second.lock:
        if source.balance < amount:
            raise InsufficientFunds
        source.balance -= amount
        target.balance += amount
