"""A bank account that many threads use at once, and that loses money.

Read race_condition.md, change this file until its checks pass, and run them with `dojo run race_condition`.
"""


class InsufficientFunds(Exception):
    """The balance is smaller than the amount to withdraw."""


class Account:
    """An account that any number of threads may use at once.

    No deposit and no withdrawal is ever lost. The balance never goes below zero, and nobody ever sees it there.
    Two accounts have nothing to do with each other: an operation on one never waits for an operation on another.
    """

    def __init__(self, balance: int = 0) -> None:
        self._balance = balance

    @property
    def balance(self) -> int:
        """What the account holds."""
        return self._balance

    def deposit(self, amount: int) -> None:
        """Add `amount` to the balance.

        Raise ValueError if it is not above zero. The account is then as usable as before, by every thread.
        """
        if amount <= 0:
            raise ValueError(f"cannot deposit {amount}")
        balance = self._balance
        balance = balance + amount
        self._balance = balance

    def withdraw(self, amount: int) -> None:
        """Take `amount` from the balance.

        Raise ValueError if it is not above zero, InsufficientFunds if the balance is smaller.
        Either way nothing changes, and the account is as usable as before, by every thread.
        """
        if amount <= 0:
            raise ValueError(f"cannot withdraw {amount}")
        balance = self._balance
        if balance < amount:
            raise InsufficientFunds(f"cannot withdraw {amount} from {balance}")
        balance = balance - amount
        self._balance = balance
