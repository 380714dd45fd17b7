# wrong: one lock for all while two numbers are compared -> deadlocked OVER-SYNCHRONISED
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

_pick = threading.Lock()


def transfer(source, target, amount):
    if source is target:
        return
    a, b = source.number, target.number
    with _pick:
        low = min(a, b)
    first, second = (source, target) if low == a else (target, source)
    with first.lock, second.lock:
        if source.balance < amount:
            raise InsufficientFunds
        source.balance -= amount
        target.balance += amount
