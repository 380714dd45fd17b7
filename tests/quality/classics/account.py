"""account (SCTBench, CS suite).

The checker's own formula is wrong, but it only looks where it runs after both the deposit and the withdrawal.
"""

import threading
from collections.abc import Callable, Iterable
from types import SimpleNamespace

THREADS = 3
START, DEPOSIT, WITHDRAWAL = 1, 2, 4


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def run_account(expected: int) -> object:
    """Deposit, withdraw and check at the same time; return what the check said."""
    account = SimpleNamespace(balance=START, deposited=False, withdrawn=False, right=True, lock=threading.Lock())

    def check() -> None:
        with account.lock:
            if account.deposited and account.withdrawn:
                account.right = account.balance == expected

    def deposit() -> None:
        with account.lock:
            account.balance = account.balance + DEPOSIT
            account.deposited = True

    def withdraw() -> None:
        with account.lock:
            account.balance = account.balance - WITHDRAWAL
            account.withdrawn = True

    run_threads([check, deposit, withdraw])
    return account.right


def buggy() -> object:
    """The deposit is expected with the wrong sign."""
    return run_account(START - DEPOSIT - WITHDRAWAL)


def fixed() -> object:
    """The deposit is expected to add."""
    return run_account(START + DEPOSIT - WITHDRAWAL)


def fails(observation: object) -> bool:
    """The check ran last and was not content."""
    return observation is False
