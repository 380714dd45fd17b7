"""dining_4: the dining philosophers (Dijkstra; Inspect's Dining4, SCTBench's din_phil).

Each of 4 philosophers takes the left fork, then the right one; when all have their left fork, all wait.
"""

import threading
from collections.abc import Callable, Iterable

PHILOSOPHERS = 4
THREADS = PHILOSOPHERS
DEADLOCKS = True


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def dine(choose_forks: Callable[[int, int], tuple[int, int]]) -> object:
    """Let every philosopher eat once; `choose_forks` puts (left, right) into the order in which they are taken."""
    forks = [threading.Lock() for _ in range(PHILOSOPHERS)]
    meals = [0] * PHILOSOPHERS

    def philosopher(seat: int) -> Callable[[], None]:
        first, second = choose_forks(seat, (seat + 1) % PHILOSOPHERS)

        def eat() -> None:
            with forks[first], forks[second]:
                meals[seat] += 1

        return eat

    run_threads([philosopher(seat) for seat in range(PHILOSOPHERS)])
    return meals


def buggy() -> object:
    """Left before right, at every seat."""
    return dine(lambda left, right: (left, right))


def fixed() -> object:
    """The fork with the lower number first, at every seat."""
    return dine(lambda left, right: (min(left, right), max(left, right)))


def fails(observation: object) -> bool:
    """Somebody did not eat; the deadlock gives no observation at all."""
    return observation != [1] * PHILOSOPHERS
