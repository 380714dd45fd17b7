"""stack (SCTBench, CS suite).

The flag says that something was pushed once, not that something is left: the popper may pop an empty stack.
"""

import threading
from collections.abc import Callable, Iterable
from types import SimpleNamespace

SIZE = 10
THREADS = 2


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def push_all(stack: SimpleNamespace) -> None:
    """Push one value a turn and raise the flag."""
    for value in range(SIZE):
        with stack.lock:
            stack.slots[stack.top] = value
            stack.top += 1
            stack.pushed = True


def pop(stack: SimpleNamespace) -> None:
    """Pop one value, or note that there was none."""
    if stack.top == 0:
        stack.underflows += 1
    else:
        stack.top -= 1


def build_stack() -> SimpleNamespace:
    """Return an empty stack with its lock."""
    return SimpleNamespace(slots=[0] * SIZE, top=0, pushed=False, underflows=0, lock=threading.Lock())


def buggy() -> object:
    """Each turn asks the flag."""
    stack = build_stack()

    def pop_all() -> None:
        for _ in range(SIZE):
            with stack.lock:
                if stack.pushed:
                    pop(stack)

    run_threads([lambda: push_all(stack), pop_all])
    return stack.underflows


def fixed() -> object:
    """Each turn asks the stack."""
    stack = build_stack()

    def pop_all() -> None:
        for _ in range(SIZE):
            with stack.lock:
                if stack.top > 0:
                    pop(stack)

    run_threads([lambda: push_all(stack), pop_all])
    return stack.underflows


def fails(observation: object) -> bool:
    """The empty stack was popped."""
    return observation != 0
