"""check_then_act (textbook: overdraft).

Two withdrawals both find enough money, and both take it.
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
    """Look and take are steps of their own."""
    account = SimpleNamespace(balance=100)
    paid: list[int] = []

    def withdraw() -> None:
        if account.balance >= AMOUNT:
            account.balance -= AMOUNT
            paid.append(AMOUNT)

    run_threads([withdraw, withdraw])
    return {"paid": sum(paid), "balance": account.balance}


def fixed() -> object:
    """Look and take under one lock."""
    account = SimpleNamespace(balance=100)
    paid: list[int] = []
    lock = threading.Lock()

    def withdraw() -> None:
        with lock:
            if account.balance >= AMOUNT:
                account.balance -= AMOUNT
                paid.append(AMOUNT)

    run_threads([withdraw, withdraw])
    return {"paid": sum(paid), "balance": account.balance}


def fails(observation: object) -> bool:
    """More was paid out than was there."""
    return observation != {"paid": 60, "balance": 40}
