# right: waits for one lock, tries the other, and lets go and pauses when that fails
import threading
import time
from contextlib import ExitStack


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
    while True:
        with source.lock:
            if target.lock.acquire(blocking=False):
                try:
                    if source.balance < amount:
                        raise InsufficientFunds()
                    source.balance -= amount
                    target.balance += amount
                    return
                finally:
                    target.lock.release()
        time.sleep(0.001)


def total(accounts):
    accounts = list(accounts)
    while True:
        with ExitStack() as held:
            for account in accounts:
                if not account.lock.acquire(blocking=False):
                    break
                held.callback(account.lock.release)
            else:
                return sum(account.balance for account in accounts)
        time.sleep(0.001)
