"""start_in_constructor (Goetz, Java Concurrency in Practice, 3.2.1: `this` escapes).

The constructor starts the object's thread before it has set all attributes.
"""

import threading

THREADS = 1


class EarlyWorker:
    """Starts its thread in the middle of its constructor."""

    def __init__(self) -> None:
        self.greetings: list[str] = []
        self.thread = threading.Thread(target=self.greet)
        self.thread.start()
        self.name = "Ada"

    def greet(self) -> None:
        """Greet by name."""
        self.greetings.append(f"hello {getattr(self, 'name', 'nobody')}")


class Worker(EarlyWorker):
    """Starts its thread at the end of its constructor."""

    def __init__(self) -> None:
        self.greetings = []
        self.thread = threading.Thread(target=self.greet)
        self.name = "Ada"
        self.thread.start()


def buggy() -> object:
    """The thread may be faster than the constructor."""
    worker = EarlyWorker()
    worker.thread.join()
    return worker.greetings


def fixed() -> object:
    """The thread finds everything in place."""
    worker = Worker()
    worker.thread.join()
    return worker.greetings


def fails(observation: object) -> bool:
    """The thread saw an object without its name."""
    return observation != ["hello Ada"]
