# wrong: closes the pool and does not wait for its workers -> leaked POOL-ABANDONED
import multiprocessing
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def fan_out(task, arguments, *, workers):
    outcomes = []
    pool = multiprocessing.Pool(workers)
    results = [pool.apply_async(task, (argument,)) for argument in arguments]
    pool.close()
    for result in results:
        try:
            outcomes.append(Outcome(result.get()))
        except Exception as error:
            outcomes.append(Outcome(error=error))
    return outcomes
