"""string_buffer (java.lang.StringBuffer; Flanagan and Qadeer's atomicity checkers, 2003).

Every method holds its own buffer's lock, but `append` asks the other buffer for its length and then for its text: the
other one may shrink in between.
"""

import threading
from collections.abc import Callable, Iterable

THREADS = 2


def run_threads(bodies: Iterable[Callable[[], None]]) -> None:
    """Run each body in a thread of its own and wait for all of them."""
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class Buffer:
    """Text that can be cut off and appended to."""

    def __init__(self, text: str) -> None:
        self.lock = threading.RLock()
        self.text = text

    def length(self) -> int:
        """Return how many letters there are."""
        with self.lock:
            return len(self.text)

    def letters(self, count: int) -> list[str]:
        """Return the first letters; raises IndexError where there are not so many."""
        with self.lock:
            text = self.text
            return [text[position] for position in range(count)]

    def clear(self) -> None:
        """Cut off everything."""
        with self.lock:
            self.text = ""

    def append_torn(self, other: "Buffer") -> None:
        """Append the other's text, holding only this lock."""
        with self.lock:
            count = other.length()
            self.text += "".join(other.letters(count))

    def append(self, other: "Buffer") -> None:
        """Append the other's text, holding both locks."""
        with self.lock, other.lock:
            count = other.length()
            self.text += "".join(other.letters(count))


def append_while_cleared(append: Callable[[Buffer, Buffer], None]) -> object:
    """Append one buffer to another while it is cleared."""
    target = Buffer("a")
    source = Buffer("bc")
    errors: list[str] = []

    def write() -> None:
        try:
            append(target, source)
        except IndexError:
            errors.append("IndexError")

    run_threads([write, source.clear])
    return {"text": target.text, "errors": errors}


def buggy() -> object:
    """The other buffer is not locked in between."""
    return append_while_cleared(Buffer.append_torn)


def fixed() -> object:
    """The other buffer is locked for the whole append."""
    return append_while_cleared(Buffer.append)


def fails(observation: object) -> bool:
    """The append met a buffer that had shrunk."""
    return observation not in ({"text": "a", "errors": []}, {"text": "abc", "errors": []})
