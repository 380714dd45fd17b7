"""double_checked (Bacon and others, "Double-Checked Locking is Broken", 2000; CHESS's lazyinit).

The object is published before it is filled in. A thread that looks without the lock uses it half built.
"""

import threading
from collections.abc import Callable, Iterable
from types import SimpleNamespace

THREADS = 2


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def buggy() -> object:
    """Publish, then fill in."""
    holder = SimpleNamespace(settings=None)
    lock = threading.Lock()
    read: list[str | None] = []

    def use() -> None:
        if holder.settings is None:
            with lock:
                if holder.settings is None:
                    holder.settings = SimpleNamespace(path=None)
                    holder.settings.path = "/etc"
        read.append(holder.settings.path)

    run_threads([use, use])
    return read


def fixed() -> object:
    """Fill in, then publish."""
    holder = SimpleNamespace(settings=None)
    lock = threading.Lock()
    read: list[str | None] = []

    def use() -> None:
        if holder.settings is None:
            with lock:
                if holder.settings is None:
                    settings = SimpleNamespace(path=None)
                    settings.path = "/etc"
                    holder.settings = settings
        read.append(holder.settings.path)

    run_threads([use, use])
    return read


def fails(observation: object) -> bool:
    """Somebody used settings that were not filled in."""
    return observation != ["/etc", "/etc"]
