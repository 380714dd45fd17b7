# wrong: as_completed hands out futures as they end, not as they were submitted -> failed RESULT-ORDER
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def fan_out(task, arguments, *, workers):
    with ProcessPoolExecutor(workers) as pool:
        futures = [pool.submit(task, argument) for argument in arguments]
        outcomes = []
        for future in as_completed(futures):
            error = future.exception()
            outcomes.append(Outcome(error=error) if error else Outcome(value=future.result()))
    return outcomes
