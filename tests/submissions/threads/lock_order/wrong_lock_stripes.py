# wrong: sixteen locks for all accounts -> deadlocked OVER-SYNCHRONISED
import threading, time, random, heapq, weakref
from contextlib import ExitStack, contextmanager
class InsufficientFunds(Exception):
    pass
class Account:
    def __init__(self, number, balance):
        self.number = number
        self.balance = balance
        self.lock = threading.Lock()
def by_number(a):
    return a.number

STRIPES = [threading.Lock() for _ in range(16)]
def stripes(*accounts):
    return [STRIPES[i] for i in sorted({a.number % 16 for a in accounts})]
def transfer(source, target, amount):
    if source is target:
        return
    with ExitStack() as held:
        for l in stripes(source, target):
            held.enter_context(l)
        if source.balance < amount:
            raise InsufficientFunds
        source.balance -= amount
        target.balance += amount
def total(accounts):
    accounts = list(accounts)
    with ExitStack() as held:
        for l in stripes(*accounts):
            held.enter_context(l)
        return sum(a.balance for a in accounts)
