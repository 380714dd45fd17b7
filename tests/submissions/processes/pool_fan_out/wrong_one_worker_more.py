# wrong: gives the pool one worker more than asked for -> failed CONTRACT
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def fan_out(task, arguments, *, workers):
    if workers < 1:
        raise ValueError("workers < 1")
    with ProcessPoolExecutor(max_workers=workers + 1) as pool:
        futures = [pool.submit(task, argument) for argument in arguments]
    return [Outcome(error=f.exception()) if f.exception() else Outcome(f.result()) for f in futures]
