# right: older transfers wait, younger ones give way and try again
import threading, time, itertools
class InsufficientFunds(Exception):
    pass
class Account:
    def __init__(self, number, balance):
        self.number = number
        self.balance = balance
        self.lock = threading.Lock()
        self.owner = None
stamps = itertools.count()
def take(accounts, me):
    while True:
        got = []
        for a in accounts:
            while not a.lock.acquire(blocking=False):
                owner = a.owner
                if owner is not None and owner < me:
                    break
                time.sleep(0.001)
            else:
                a.owner = me
                got.append(a)
                continue
            break
        else:
            return got
        give(got)
        time.sleep(0.001)
def give(accounts):
    for a in accounts:
        a.owner = None
        a.lock.release()
def transfer(source, target, amount):
    if source is target:
        return
    got = take([source, target], next(stamps))
    try:
        if source.balance < amount:
            raise InsufficientFunds
        source.balance -= amount
        target.balance += amount
    finally:
        give(got)
def total(accounts):
    accounts = list(accounts)
    got = take(accounts, next(stamps))
    try:
        return sum(a.balance for a in accounts)
    finally:
        give(got)
