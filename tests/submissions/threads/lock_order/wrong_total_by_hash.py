# wrong: transfer takes the locks by number, total by its hash -> deadlocked LOCK-CYCLE
import threading
from contextlib import ExitStack
class InsufficientFunds(Exception): pass
class Account:
    def __init__(self, number, balance):
        self.number = number
        self.balance = balance
        self.lock = threading.Lock()
def transfer(source, target, amount):
    if source is target: return
    a, b = sorted((source, target), key=lambda x: x.number)
    with a.lock, b.lock:
        if source.balance < amount: raise InsufficientFunds
        source.balance -= amount
        target.balance += amount
def total(accounts):
    with ExitStack() as s:
        accounts = sorted(accounts, key=lambda x: hash(x.number))
        for a in accounts: s.enter_context(a.lock)
        return sum(a.balance for a in accounts)
