# right: a ticket lock on a condition
import threading
class InsufficientFunds(Exception): pass

from dataclasses import dataclass, field
from contextlib import contextmanager
@dataclass
class Account:
    start: int = 0
    def __init__(self, balance=0):
        self.start = balance
        self.turns, self.now, self.cond = 0, 0, threading.Condition()
    @contextmanager
    def turn(self):   # ticket lock
        with self.cond:
            mine, self.turns = self.turns, self.turns + 1
            self.cond.wait_for(lambda: self.now == mine)
        try: yield
        finally:
            with self.cond:
                self.now += 1
                self.cond.notify_all()
    @property
    def balance(self):
        with self.turn(): return self.start
    def deposit(self, amount):
        if not amount > 0: raise ValueError(amount)
        with self.turn(): self.start += amount
    def withdraw(self, amount):
        if not amount > 0: raise ValueError(amount)
        with self.turn():
            if self.start < amount: raise InsufficientFunds
            self.start -= amount
