"""thread_local_reuse (pools and thread-local data: a request sees the user of the one before).

The pool runs the next job in the same thread, and nobody has cleaned up: in every schedule.
"""

import threading
from concurrent.futures import ThreadPoolExecutor

THREADS = 1


def buggy() -> object:
    """Set the user, and leave it there."""
    request = threading.local()

    def handle(user: str | None) -> str:
        if user is not None:
            request.user = user
        return getattr(request, "user", "guest")

    with ThreadPoolExecutor(max_workers=1) as pool:
        return list(pool.map(handle, ["ada", None]))


def fixed() -> object:
    """Set the user, and clean up."""
    request = threading.local()

    def handle(user: str | None) -> str:
        if user is not None:
            request.user = user
        try:
            return getattr(request, "user", "guest")
        finally:
            vars(request).clear()

    with ThreadPoolExecutor(max_workers=1) as pool:
        return list(pool.map(handle, ["ada", None]))


def fails(observation: object) -> bool:
    """The second request ran as the first one's user."""
    return observation != ["ada", "guest"]
