"""Reference for threads/race_condition: one lock for each account, held from the read to the write."""

import threading


class InsufficientFunds(Exception):
    """The balance is smaller than the amount to withdraw."""


class Account:
    """An account that any number of threads may use at once."""

    def __init__(self, balance: int = 0) -> None:
        self._balance = balance
        self._lock = threading.Lock()

    @property
    def balance(self) -> int:
        """What the account holds."""
        # No lock: this is one read of one attribute, and nobody stores a value that must not be seen.
        return self._balance

    def deposit(self, amount: int) -> None:
        """Add `amount` to the balance."""
        _check(amount)
        with self._lock:
            self._balance += amount

    def withdraw(self, amount: int) -> None:
        """Take `amount` from the balance, or raise InsufficientFunds."""
        _check(amount)
        with self._lock:
            if self._balance < amount:
                raise InsufficientFunds(f"cannot withdraw {amount} from {self._balance}")
            self._balance -= amount


def _check(amount: int) -> None:
    if amount <= 0:
        raise ValueError(f"the amount must be above zero, not {amount}")
