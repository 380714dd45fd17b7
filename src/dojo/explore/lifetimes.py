"""Objects end when nobody holds them, as they do without us: the log of an execution has markers in their place.

A log that named the objects themselves would keep them alive, and what they do at their end would come too late:
`__del__`, the `finally` of a generator, the callback of a weak reference. Markers cost some time at every step, so they
are used only where the text of a submission, or of its grader, says that somebody may notice.
"""

from __future__ import annotations

import ast
import gc
import re
import weakref
from collections.abc import Container, Iterator
from itertools import compress
from sys import getrefcount
from typing import Any

NOTICED = re.compile(r"\b(__del__|weakref|gc|finalize|ThreadPoolExecutor|ThreadPool)\b")
"""Names by which code notices that an object has ended. An executor that nobody holds lets its workers go."""


class Marker:
    """Stands for one object for the whole execution, however long that lives."""

    __slots__ = ("ident", "kind")

    def __init__(self, target: object) -> None:
        self.ident = id(target)
        self.kind = type(target).__name__


class Lifetimes:
    """The markers of one execution, and which of their objects are still there.

    An object that can be referred to weakly is. All others (lists, dictionaries, iterators, frames) are held until
    `sweep` finds that nobody else does. So they end before the next step of any task, and not at once: the same, for
    what comes between two steps is nobody else's business.
    """

    def __init__(self) -> None:
        self._weak: dict[int, tuple[Marker, weakref.ref[Any]]] = {}
        self._held: dict[int, tuple[Marker, Any]] = {}
        self._doubtful: dict[int, Marker] = {}
        """Of what was held when a collection of garbage began: what is found again has its marker back."""

    def marker_of(self, target: Any) -> Any:
        """Return what stands for `target` in this execution; text stands for itself."""
        if type(target) is str:
            return target
        ident = id(target)
        known = self._weak.get(ident) or self._held.get(ident)
        if known is not None:
            return known[0]
        marker = self._doubtful.get(ident) or Marker(target)
        try:
            self._weak[ident] = (marker, weakref.ref(target, lambda _: self._weak.pop(ident, None)))
        except TypeError:
            self._held[ident] = (marker, target)
        return marker

    def object_of(self, marker: Any) -> Any:
        """Return what `marker` stands for, or None where that has ended."""
        if not isinstance(marker, Marker):
            return marker
        held, weak = self._held.get(marker.ident), self._weak.get(marker.ident)
        if held is not None and held[0] is marker:
            return held[1]
        return weak[1]() if weak is not None and weak[0] is marker else None

    def end(self) -> None:
        """The execution is over: nothing is held any longer."""
        self._weak.clear()
        self._held.clear()

    def sweep(self) -> None:
        """Let go of what nobody else holds; what it does at its end happens here."""
        held = self._held
        while dead := [ident for ident, entry in held.items() if getrefcount(entry[1]) <= ALONE]:
            for ident in dead:
                held.pop(ident, None)

    def collect(self, generation: int) -> int:
        """Collect garbage, that which is held here included."""
        self._doubtful |= {id(target): self._held.pop(id(target))[0] for target in _among(self._held, gc.get_objects())}
        found = gc.collect(generation)
        # What was made meanwhile, at the address of one that ended, counts as that: one race too many at most.
        for target in _among(self._doubtful, gc.get_objects()):
            self._held.setdefault(id(target), (self._doubtful[id(target)], target))
        self._doubtful.clear()
        return found


def _among(wanted: Container[int], objects: list[Any]) -> Iterator[Any]:
    """Yield those of `objects` whose identity is wanted; there may be very many objects."""
    return compress(objects, map(wanted.__contains__, map(id, objects)))


def _references_of_an_entry() -> int:
    entry = (None, [])  # type: ignore[var-annotated]
    return getrefcount(entry[1])


ALONE = _references_of_an_entry()
"""What `getrefcount` says of an object that only its entry holds."""


def may_notice(source: str) -> bool:
    """Tell whether this code may notice when an object ends: by a name, or by a generator with something to finish."""
    if NOTICED.search(source):
        return True
    if "yield" not in source:
        return False
    guards = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Try | ast.TryStar | ast.With))
    return any(isinstance(inner, ast.Yield | ast.YieldFrom) for guard in guards for inner in ast.walk(guard))
