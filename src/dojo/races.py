"""Data races in one trace: accesses to one place by two threads, one of them a write, that nothing orders.

Vector clocks over starts, joins, locks, wake-ups and queues, as in Pozniansky and Schuster, "Efficient on-the-fly data
race detection in multithreaded C++ programs" (PPoPP 2003). A race is evidence, not a verdict: CPython makes many a
single operation atomic, and a program may rely on that.
"""

from __future__ import annotations

from collections.abc import Iterator

from dojo.model import Step, Trace
from dojo.patterns import is_read, is_write

Clock = dict[int, int]
"""Task -> how many of its steps are known to have happened before."""

_TAKES = frozenset({"acquire", "wait", "take", "join"})
_GIVES = frozenset({"release", "notify", "put", "end"})


def find_races(trace: Trace) -> Iterator[tuple[Step, Step]]:
    """Yield the pairs of the learner's own steps that race, in the order of the later one."""
    clocks: dict[int, Clock] = {}
    given: dict[str, Clock] = {}
    accesses: dict[str, list[tuple[Step, int]]] = {}
    started = 0
    for step in trace.steps:
        clock = clocks.setdefault(step.task, {})
        clock[step.task] = clock.get(step.task, 0) + 1
        if step.verb == "start":
            # Threads are numbered in the order in which they start.
            started += 1
            clocks[started] = dict(clock)
        elif step.variable is None:
            continue
        elif step.verb in _TAKES:
            _merge(clock, given.get(step.variable, {}))
        elif step.verb in _GIVES:
            _merge(given.setdefault(step.variable, {}), clock)
        elif step.by_learner and (is_read(step) or is_write(step)):
            known = accesses.setdefault(step.variable, [])
            for other, at in known:
                unordered = other.task != step.task and clock.get(other.task, 0) < at
                if unordered and (is_write(other) or is_write(step)):
                    yield other, step
            known.append((step, clock[step.task]))


def _merge(clock: Clock, other: Clock) -> None:
    for task, count in other.items():
        clock[task] = max(clock.get(task, 0), count)
