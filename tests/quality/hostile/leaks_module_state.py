"""Module state, class attributes, function defaults and caches are new for every execution."""

import functools
import threading

EXPECT = "returned"
VALUE = [2, 2, 3, 2]


COUNTER = 0


class Registry:
    names: list[str] = []


def remember(name: str, seen: list[str] = []) -> int:  # noqa: B006 - that is the leak
    seen.append(name)
    return len(seen)


@functools.lru_cache
def cached() -> list[int]:
    return []


def scenario() -> object:
    lock = threading.Lock()

    def work(name: str) -> None:
        global COUNTER
        with lock:
            COUNTER += 1
            Registry.names.append(name)
            remember(name)
            cached().append(1)

    threads = [threading.Thread(target=work, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [COUNTER, len(Registry.names), remember("c"), len(cached())]
