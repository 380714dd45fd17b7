# wrong: keeps the pool for the next call, and with it the workers -> leaked POOL-ABANDONED
import multiprocessing
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


_pools = {}


def fan_out(task, arguments, *, workers):
    if workers not in _pools:
        _pools[workers] = multiprocessing.Pool(workers)
    results = [_pools[workers].apply_async(task, (argument,)) for argument in arguments]
    outcomes = []
    for result in results:
        try:
            outcomes.append(Outcome(result.get()))
        except Exception as error:
            outcomes.append(Outcome(error=error))
    return outcomes
