"""queue_bug_4 (SCTBench, CS suite: queue; 4 turns instead of 20, so that the fixed twin is exhausted).

Putter and taker take turns through two flags. A turn that finds the flag down is lost, and the taker looks up what to
expect by the number of its turn.
"""

import threading
from collections.abc import Callable, Iterable
from types import SimpleNamespace

SIZE = 4
THREADS = 2


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def build_queue() -> SimpleNamespace:
    """Return an empty queue, with a copy of all that was ever put into it."""
    return SimpleNamespace(
        slots=[0] * SIZE,
        head=0,
        tail=0,
        stored=[0] * SIZE,
        may_put=True,
        may_take=False,
        wrong=0,
        lock=threading.Lock(),
    )


def put(queue: SimpleNamespace, value: int) -> None:
    """Add a value at the tail."""
    queue.slots[queue.tail] = value
    queue.tail += 1


def take(queue: SimpleNamespace) -> int:
    """Remove the value at the head."""
    value: int = queue.slots[queue.head]
    queue.head += 1
    return value


def put_all(queue: SimpleNamespace) -> None:
    """Put 0 at once, then 1, 2, ... in the turns that find the flag up."""
    value = 0
    with queue.lock:
        put(queue, value)
        queue.stored[0] = value
    for turn in range(1, SIZE):
        with queue.lock:
            if queue.may_put:
                value += 1
                put(queue, value)
                queue.stored[turn] = value
                queue.may_put = False
                queue.may_take = True


def buggy() -> object:
    """Put and take are both numbered by turns, and the turns drift apart."""
    queue = build_queue()

    def take_all() -> None:
        for turn in range(SIZE):
            with queue.lock:
                if queue.may_take:
                    if take(queue) != queue.stored[turn]:
                        queue.wrong += 1
                    queue.may_take = False
                    queue.may_put = True

    run_threads([lambda: put_all(queue), take_all])
    return queue.wrong


def fixed() -> object:
    """The taker numbers what it took."""
    queue = build_queue()

    def take_all() -> None:
        taken = 0
        for _ in range(SIZE):
            with queue.lock:
                if queue.may_take:
                    if take(queue) != taken:
                        queue.wrong += 1
                    taken += 1
                    queue.may_take = False
                    queue.may_put = True

    run_threads([lambda: put_all(queue), take_all])
    return queue.wrong


def fails(observation: object) -> bool:
    """A value came out at another turn than expected."""
    return observation != 0
