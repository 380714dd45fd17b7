# right: ProcessPoolExecutor and its futures
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def _outcome(future):
    error = future.exception()
    return Outcome(error=error) if error is not None else Outcome(value=future.result())


def fan_out(task, arguments, *, workers):
    with ProcessPoolExecutor(max_workers=workers) as pool:
        futures = [pool.submit(task, argument) for argument in arguments]
    return [_outcome(future) for future in futures]
