"""lock_split (textbook: an atomicity violation without a data race).

Every access holds the lock, but the check and the act hold it separately.
"""

import threading
from collections.abc import Callable, Iterable
from types import SimpleNamespace

AMOUNT = 60
THREADS = 2


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def buggy() -> object:
    """The lock is given back between the check and the act."""
    account = SimpleNamespace(balance=100)
    lock = threading.Lock()

    def withdraw() -> None:
        with lock:
            enough = account.balance >= AMOUNT
        if enough:
            with lock:
                account.balance -= AMOUNT

    run_threads([withdraw, withdraw])
    return account.balance


def fixed() -> object:
    """The lock is held over both."""
    account = SimpleNamespace(balance=100)
    lock = threading.Lock()

    def withdraw() -> None:
        with lock:
            enough = account.balance >= AMOUNT
            if enough:
                account.balance -= AMOUNT

    run_threads([withdraw, withdraw])
    return account.balance


def fails(observation: object) -> bool:
    """The account is overdrawn."""
    return observation != 40
