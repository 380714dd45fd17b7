"""transfer_deadlock (Goetz, Java Concurrency in Practice, 10.1.2; JaConTeBe's resource deadlocks).

A transfer locks the account that pays and then the one that is paid; two transfers in opposite directions wait for
each other.
"""

import threading
from collections.abc import Callable, Iterable

THREADS = 2
DEADLOCKS = True


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class Account:
    """Money under a lock."""

    def __init__(self, number: int, balance: int) -> None:
        self.number = number
        self.balance = balance
        self.lock = threading.Lock()


def transfer(source: Account, target: Account, amount: int) -> None:
    """Move money; locks in the order of the arguments."""
    with source.lock, target.lock:
        source.balance -= amount
        target.balance += amount


def transfer_ordered(source: Account, target: Account, amount: int) -> None:
    """Move money; locks in the order of the account numbers."""
    first, second = (source, target) if source.number < target.number else (target, source)
    with first.lock, second.lock:
        source.balance -= amount
        target.balance += amount


def exchange(move: Callable[[Account, Account, int], None]) -> object:
    """Move money both ways at the same time."""
    ada = Account(1, 100)
    bob = Account(2, 100)
    run_threads([lambda: move(ada, bob, 10), lambda: move(bob, ada, 30)])
    return [ada.balance, bob.balance]


def buggy() -> object:
    """The order of the arguments."""
    return exchange(transfer)


def fixed() -> object:
    """One order for all."""
    return exchange(transfer_ordered)


def fails(observation: object) -> bool:
    """Money is missing; the deadlock gives no observation at all."""
    return observation != [120, 80]
