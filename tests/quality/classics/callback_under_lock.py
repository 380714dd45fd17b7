"""callback_under_lock (the shape of JaConTeBe's resource deadlocks, as DBCP-270).

The publisher calls its listener with its own lock held, the listener takes its lock; the other way round the
listener, under its lock, leaves the publisher.
"""

import threading
from collections.abc import Callable, Iterable

THREADS = 2
DEADLOCKS = True


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class Publisher:
    """Calls its listeners under its lock."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.listeners: list[Listener] = []

    def publish(self, text: str) -> None:
        """Tell every listener."""
        with self.lock:
            for listener in self.listeners:
                listener.hear(text)

    def remove(self, listener: "Listener") -> None:
        """Tell this listener nothing any more."""
        with self.lock:
            self.listeners.remove(listener)


class OpenPublisher(Publisher):
    """Calls its listeners without its lock."""

    def publish(self, text: str) -> None:
        """Tell every listener that was there a moment ago."""
        with self.lock:
            listeners = list(self.listeners)
        for listener in listeners:
            listener.hear(text)


class Listener:
    """Keeps what it heard until it is closed."""

    def __init__(self, publisher: Publisher) -> None:
        self.lock = threading.Lock()
        self.heard: list[str] = []
        self.publisher = publisher
        publisher.listeners.append(self)

    def hear(self, text: str) -> None:
        """Note the text."""
        with self.lock:
            self.heard.append(text)

    def close(self) -> None:
        """Leave the publisher."""
        with self.lock:
            self.publisher.remove(self)


def publish_while_closing(publisher: Publisher) -> object:
    """Publish and close at the same time; return who is still listening."""
    listener = Listener(publisher)
    run_threads([lambda: publisher.publish("news"), listener.close])
    return len(publisher.listeners)


def buggy() -> object:
    """Call out with the lock held."""
    return publish_while_closing(Publisher())


def fixed() -> object:
    """Copy under the lock, call out without it."""
    return publish_while_closing(OpenPublisher())


def fails(observation: object) -> bool:
    """The listener is still there; the deadlock gives no observation at all."""
    return observation != 0
