"""barrier_misuse (textbook: the second barrier of a two-phase computation is missing).

Each worker writes its cell, meets the others at the barrier and reads its neighbour's cell. Without a second meeting
a fast worker writes the next round's value before its neighbour has read this round's.
"""

import threading
from collections.abc import Callable, Iterable

WORKERS = 2
ROUNDS = 2
THREADS = WORKERS


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def buggy() -> object:
    """One meeting a round."""
    cells = [-1] * WORKERS
    read = [[-1] * ROUNDS for _ in range(WORKERS)]
    barrier = threading.Barrier(WORKERS)

    def work(worker: int) -> None:
        for number in range(ROUNDS):
            cells[worker] = number
            barrier.wait()
            read[worker][number] = cells[(worker + 1) % WORKERS]

    run_threads([lambda: work(0), lambda: work(1)])
    return read


def fixed() -> object:
    """A meeting after the writes and one after the reads."""
    cells = [-1] * WORKERS
    read = [[-1] * ROUNDS for _ in range(WORKERS)]
    barrier = threading.Barrier(WORKERS)

    def work(worker: int) -> None:
        for number in range(ROUNDS):
            cells[worker] = number
            barrier.wait()
            read[worker][number] = cells[(worker + 1) % WORKERS]
            if number + 1 < ROUNDS:
                barrier.wait()

    run_threads([lambda: work(0), lambda: work(1)])
    return read


def fails(observation: object) -> bool:
    """A worker read a value of the next round."""
    return observation != [list(range(ROUNDS))] * WORKERS
