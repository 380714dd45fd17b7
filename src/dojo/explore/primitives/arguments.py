"""What this version's primitives say to their arguments, asked of real ones that nobody else has."""

from __future__ import annotations

import _queue
import _thread
import math
import time
from typing import Any, NoReturn, SupportsIndex

# Every tick is a power of two: sums and differences of moments are exact, so that no sleep is seen to end too early.
TICKS = 1 << 20

_lock = _thread.allocate_lock()
_simple_queue: Any = _queue.SimpleQueue()


def in_ticks(seconds: float) -> float:
    """Return `seconds`, rounded up to what the clock of an execution can show: waiting always takes some time."""
    return max(math.ceil(seconds * TICKS), 1) / TICKS


def lock_timeout(blocking: Any, timeout: Any) -> float | None:
    """Return the seconds that a blocking acquisition waits, None for ever; raise what the real lock raises."""
    _lock.acquire(blocking, timeout)
    _lock.release()
    seconds = float(timeout)
    return None if seconds == -1 else in_ticks(seconds)


def queue_timeout(block: Any, timeout: Any) -> float | None:
    """Return the seconds that `SimpleQueue.get` waits, None for ever; raise what the real one raises."""
    _simple_queue.put(None)
    try:
        _simple_queue.get(block, timeout)
    finally:
        while not _simple_queue.empty():
            _simple_queue.get()
    return None if not block or timeout is None else in_ticks(float(timeout))


def join_timeout(timeout: Any) -> float | None:
    """Return the seconds that a join waits, None for ever; raise what the real one raises."""
    if timeout is None:
        return None
    _lock.acquire(True, timeout if isinstance(timeout, float) and not timeout < 0 else 0 if timeout < 0 else timeout)
    _lock.release()
    return None if timeout < 0 else in_ticks(float(timeout))


def sleep_seconds(seconds: Any) -> float:
    """Return how long to sleep; raise what `time.sleep` raises."""
    if type(seconds) not in (int, float) or not 0 <= seconds <= _thread.TIMEOUT_MAX:
        # Whatever is wrong with it is found out on a lock, which takes the same numbers; -1 means something else to it.
        if type(seconds) is not str and seconds is not None and seconds < 0:
            time.sleep(seconds)
        _lock.acquire(True, seconds)
        _lock.release()
    return in_ticks(float(seconds))


def stack_size(size: Any) -> None:
    """Raise what `_thread.stack_size` raises for `size`."""
    before = _thread.stack_size()
    try:
        _thread.stack_size(size)
    finally:
        _thread.stack_size(before)


def refuse_to_pickle(self: object, protocol: SupportsIndex, /) -> NoReturn:
    """Stand for `__reduce_ex__` of what can neither be pickled nor copied."""
    raise TypeError(f"cannot pickle {f'{type(self).__module__}.{type(self).__name__}'!r} object")
