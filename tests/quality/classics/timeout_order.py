"""timeout_order (Fray's time examples).

`wait(timeout)` also comes back where nothing happened; the caller does not look at what it returns.
"""

import threading
from collections.abc import Callable
from types import SimpleNamespace

THREADS = 1


def ask(read: Callable[[SimpleNamespace, threading.Event], str]) -> object:
    """Start a thread that computes an answer, and read it."""
    state = SimpleNamespace(answer="")
    ready = threading.Event()

    def compute() -> None:
        state.answer = "forty-two"
        ready.set()

    thread = threading.Thread(target=compute)
    thread.start()
    answer = read(state, ready)
    thread.join()
    return answer


def buggy() -> object:
    """Read after the wait, however it ended."""

    def read(state: SimpleNamespace, ready: threading.Event) -> str:
        ready.wait(timeout=5)
        answer: str = state.answer
        return answer

    return ask(read)


def fixed() -> object:
    """Read where the wait ended well, and say so where it did not."""

    def read(state: SimpleNamespace, ready: threading.Event) -> str:
        if not ready.wait(timeout=5):
            return "too late"
        answer: str = state.answer
        return answer

    return ask(read)


def fails(observation: object) -> bool:
    """An answer was read that was not there yet."""
    return observation == ""
