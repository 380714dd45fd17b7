"""A plugin of coverage.py: a process that is terminated while it is being forked does not lose the signal.

To save the data of a terminated process, coverage.py gives SIGTERM a handler. CPython drops such a signal where it
comes before a forked child has begun to run Python, and the child lives on. So it has to wait until then.
"""

from __future__ import annotations

import os
import signal
import threading

_held = threading.local()


def coverage_init(registry: object, options: object) -> None:
    """Hold SIGTERM back during every fork of this process and of those that it forks."""
    os.register_at_fork(before=_hold, after_in_parent=_let_go, after_in_child=_let_go)


def _hold() -> None:
    _held.before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})


def _let_go() -> None:
    signal.pthread_sigmask(signal.SIG_SETMASK, _held.before)
