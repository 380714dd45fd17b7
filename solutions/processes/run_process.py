"""Join with a limit; past it terminate, give it a moment, kill; close in any case."""

import multiprocessing
from collections.abc import Callable
from typing import Any

PATIENCE = 0.5
"""Seconds for a terminated process to clean up."""


def run_process(
    target: Callable[..., object], args: tuple[Any, ...] = (), *, name: str, timeout: float | None = None
) -> int:
    """Run `target(*args)` in a process called `name` and return its exit code."""
    process = multiprocessing.Process(target=target, args=args, name=name)
    process.start()
    try:
        process.join(timeout)
        if process.exitcode is None:
            _end(process)
            raise TimeoutError(f"{name} did not end within {timeout} seconds")
        return process.exitcode
    finally:
        process.close()


def _end(process: multiprocessing.Process) -> None:
    """End a process that is still running: first with a request, then without."""
    process.terminate()
    process.join(PATIENCE)
    # Does nothing to a process that has gone.
    process.kill()
    process.join()
