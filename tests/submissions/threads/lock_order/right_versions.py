# right: a version for each account, and a second try where it has changed
import threading, time
class InsufficientFunds(Exception):
    pass
class Account:
    def __init__(self, number, balance):
        self.number = number
        self.balance = balance
        self.lock = threading.Lock()
        self.version = 0
def transfer(source, target, amount):
    if source is target:
        return
    a, b = sorted((source, target), key=lambda x: x.number)
    with a.lock, b.lock:
        if source.balance < amount:
            raise InsufficientFunds
        source.version += 1
        target.version += 1
        source.balance -= amount
        target.balance += amount
        source.version += 1
        target.version += 1
def total(accounts):
    accounts = list(accounts)
    while True:
        before = [a.version for a in accounts]
        if not any(v % 2 for v in before):
            money = sum(a.balance for a in accounts)
            if before == [a.version for a in accounts]:
                return money
        time.sleep(0.001)
