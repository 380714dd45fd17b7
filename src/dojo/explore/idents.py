"""The idents of threads: ever higher ones, or the lowest that has been given back."""

from __future__ import annotations

FIRST_IDENT = 1_000


class Idents:
    """Those of one execution."""

    def __init__(self) -> None:
        self._next = FIRST_IDENT
        self._free: list[int] = []

    def take(self) -> int:
        """Return an ident that no living thread has."""
        if self._free:
            # The lowest: in which order they became free is nothing that anybody has looked at.
            lowest = min(self._free)
            self._free.remove(lowest)
            return lowest
        self._next += 1
        return self._next - 1

    def give_back(self, ident: int) -> None:
        """Let `ident` be taken again."""
        self._free.append(ident)
