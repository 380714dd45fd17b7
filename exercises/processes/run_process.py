"""Run a function in a process with a name and a time limit, and tell how it ended.

    run_process(target, args, name="worker", timeout=5.0) -> exit code

Run `target(*args)` in a Process of that name and return its exit code: 0 if it went well, 1 if it raised, n
for sys.exit(n), and the negative signal number if a signal ended it.

* Not ended within `timeout` seconds: terminate it, kill it if it will not go, and raise TimeoutError. It may
  have some clean-up to do when it is terminated: a moment for that is part of the bargain.
* `timeout=None` waits as long as it takes; `timeout=0` gives it no time at all.
* Either way the process is joined and closed: no child, no zombie, no descriptor is left.
* The target may start processes of its own, and print as much as it likes.
* It works with all three start methods: fork, forkserver and spawn.
"""

import multiprocessing
from collections.abc import Callable
from typing import Any


def run_process(
    target: Callable[..., object], args: tuple[Any, ...] = (), *, name: str, timeout: float | None = None
) -> int:
    """Run `target(*args)` in a process called `name` and return its exit code."""
    process = multiprocessing.Process(target=target, args=args, name=name)
    process.start()
    process.join(timeout)
    if process.is_alive():
        process.terminate()
        raise TimeoutError(f"{name} did not end within {timeout} seconds")
    return process.exitcode or 0
