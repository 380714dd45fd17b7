# right: try both locks, and pause for a random time when one of them is taken
import random
import threading
import time


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
    while not _take_both(source, target):
        time.sleep(random.uniform(0.001, 0.01))
    try:
        if source.balance < amount:
            raise InsufficientFunds()
        source.balance -= amount
        target.balance += amount
    finally:
        source.lock.release()
        target.lock.release()


def _take_both(one, other):
    if not one.lock.acquire(blocking=False):
        return False
    if other.lock.acquire(blocking=False):
        return True
    one.lock.release()
    return False


def total(accounts):
    ordered = sorted(accounts, key=lambda account: account.number)
    for account in ordered:
        account.lock.acquire()
    try:
        return sum(account.balance for account in ordered)
    finally:
        for account in ordered:
            account.lock.release()
