# wrong: refused transfers wait for each other -> deadlocked OVER-SYNCHRONISED
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

BANK = threading.Lock()
def transfer(source, target, amount):
    if source is target:
        return
    a, b = sorted((source, target), key=by_number)
    with a.lock, b.lock:
        if source.balance < amount:
            with BANK:
                time.sleep(5)
            raise InsufficientFunds
        source.balance -= amount
        target.balance += amount
def total(accounts):
    accounts = sorted(accounts, key=by_number)
    with ExitStack() as held:
        for a in accounts:
            held.enter_context(a.lock)
        return sum(a.balance for a in accounts)

