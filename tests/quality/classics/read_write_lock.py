"""read_write_lock (Courtois, Heymans and Parnas, 1971, with an unguarded exit).

Readers count themselves under a mutex when they come, and without it when they go: two that go together lose a
decrement, or both take themselves for the last.
"""

import threading
from collections.abc import Callable, Iterable
from types import SimpleNamespace

THREADS = 3
DEADLOCKS = True


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def enter(room: SimpleNamespace) -> None:
    """Come in as a reader; the first one locks the writers out."""
    with room.mutex:
        room.readers += 1
        if room.readers == 1:
            room.writing.acquire()


def go(room: SimpleNamespace) -> None:
    """Leave as a reader; the last one lets the writers in."""
    room.readers -= 1
    if room.readers == 0:
        try:
            room.writing.release()
        except RuntimeError:
            room.errors += 1


def go_guarded(room: SimpleNamespace) -> None:
    """Leave as a reader, under the mutex."""
    with room.mutex:
        go(room)


def share(leave: Callable[[SimpleNamespace], None]) -> object:
    """Let two readers and a writer use the room."""
    room = SimpleNamespace(readers=0, text="old", errors=0, mutex=threading.Lock(), writing=threading.Lock())

    def read() -> None:
        enter(room)
        leave(room)

    def write() -> None:
        with room.writing:
            room.text = "new"

    run_threads([read, read, write])
    return {"readers": room.readers, "text": room.text, "errors": room.errors}


def buggy() -> object:
    """Readers leave without the mutex."""
    return share(go)


def fixed() -> object:
    """Readers leave under the mutex."""
    return share(go_guarded)


def fails(observation: object) -> bool:
    """The count is wrong or the lock was released twice; the deadlock gives no observation at all."""
    return observation != {"readers": 0, "text": "new", "errors": 0}
