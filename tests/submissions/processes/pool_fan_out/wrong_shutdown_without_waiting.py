# wrong: shuts the executor down without waiting for its workers -> leaked POOL-ABANDONED
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def fan_out(task, arguments, *, workers):
    pool = ProcessPoolExecutor(max_workers=workers)
    futures = [pool.submit(task, argument) for argument in arguments]
    outcomes = []
    for future in futures:
        error = future.exception()
        outcomes.append(Outcome(error=error) if error is not None else Outcome(future.result()))
    pool.shutdown(wait=False)
    return outcomes
