"""condition_stolen (Mesa monitors: Lampson and Redell, 1980).

A woken waiter gets the lock back only after somebody who never waited: that one takes the permit, and the waiter goes
on as if it were still there.
"""

import threading
from collections.abc import Callable, Iterable
from types import SimpleNamespace

THREADS = 3


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def borrow_all(must_wait: Callable[[SimpleNamespace, bool], bool]) -> object:
    """Give back one object while two threads borrow; return how low the stock went."""
    pool = SimpleNamespace(stock=1, lowest=1)
    changed = threading.Condition()

    def borrow_and_return() -> None:
        with changed:
            woken = False
            while must_wait(pool, woken):
                changed.wait()
                woken = True
            pool.stock -= 1
            pool.lowest = min(pool.lowest, pool.stock)
        with changed:
            pool.stock += 1
            changed.notify()

    run_threads([borrow_and_return] * THREADS)
    return pool.lowest


def buggy() -> object:
    """Whoever was woken goes on."""
    return borrow_all(lambda pool, woken: pool.stock == 0 and not woken)


def fixed() -> object:
    """Whoever was woken looks again."""
    return borrow_all(lambda pool, woken: pool.stock == 0)


def fails(observation: object) -> bool:
    """More was borrowed than there was."""
    return observation != 0
