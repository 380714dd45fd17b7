"""Reference for threads/lock_order: everybody takes the locks in the order of the account numbers."""

import threading
from collections.abc import Iterable
from contextlib import ExitStack


class InsufficientFunds(Exception):
    """The source holds less than the amount."""


class Account:
    """An account with a lock of its own."""

    def __init__(self, number: int, balance: int) -> None:
        self.number = number
        self.balance = balance
        self.lock = threading.Lock()


def transfer(source: Account, target: Account, amount: int) -> None:
    """Move `amount`, which is above zero, from `source` to `target`, or raise InsufficientFunds."""
    if source is target:
        return
    first, second = sorted((source, target), key=_number)
    with first.lock, second.lock:
        if source.balance < amount:
            raise InsufficientFunds(f"account {source.number} holds less than {amount}")
        source.balance -= amount
        target.balance += amount


def total(accounts: Iterable[Account]) -> int:
    """Return what the accounts hold together, never with a transfer half done."""
    ordered = sorted(accounts, key=_number)
    with ExitStack() as held:
        for account in ordered:
            held.enter_context(account.lock)
        return sum(account.balance for account in ordered)


def _number(account: Account) -> int:
    return account.number
