# wrong: shuts the executor down without waiting for its workers -> leaked POOL-ABANDONED
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

executors = []


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def fan_out(task, arguments, *, workers):
    executor = ProcessPoolExecutor(max_workers=workers)
    executors.append(executor)
    futures = [executor.submit(task, argument) for argument in arguments]
    outcomes = []
    for future in futures:
        error = future.exception()
        outcomes.append(Outcome(error=error) if error is not None else Outcome(future.result()))
    executor.shutdown(wait=False)
    return outcomes
