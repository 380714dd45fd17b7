"""Move money between accounts, from many threads at once, in any direction.

Read lock_order.md, change this file until its checks pass, and run them with `dojo run lock_order`.
"""

import threading
from collections.abc import Iterable


class InsufficientFunds(Exception):
    """The source holds less than the amount."""


class Account:
    """An account with a lock of its own. This class is complete: leave it as it is.

    No two accounts have the same number.
    """

    def __init__(self, number: int, balance: int) -> None:
        self.number = number
        self.balance = balance
        self.lock = threading.Lock()


def transfer(source: Account, target: Account, amount: int) -> None:
    """Move `amount`, which is above zero, from `source` to `target`.

    Any number of transfers, in any direction, may run at once, and all of them end. Money is neither made nor lost.
    Raise InsufficientFunds if the source holds less than `amount`; nothing changes then. No balance ever goes below zero.
    A transfer from an account to itself changes nothing.
    Every lock is free afterwards, also after an exception.
    Transfers between disjoint pairs of accounts never wait for each other, not even briefly.
    """
    with source.lock:
        with target.lock:
            if source.balance < amount:
                raise InsufficientFunds(f"account {source.number} holds less than {amount}")
            source.balance -= amount
            target.balance += amount


def total(accounts: Iterable[Account]) -> int:
    """Return what the accounts hold together. Never see a transfer half done.

    `accounts` may be any iterable, a generator too, of distinct accounts, in any order.
    """
    return sum(account.balance for account in accounts)
