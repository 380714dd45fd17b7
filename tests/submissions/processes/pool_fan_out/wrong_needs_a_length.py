# wrong: asks the iterable for its length, which a generator has not -> failed CONTRACT
import multiprocessing
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def fan_out(task, arguments, *, workers):
    outcomes = [None] * len(arguments)
    pool = multiprocessing.Pool(workers)
    results = [pool.apply_async(task, (argument,)) for argument in arguments]
    pool.close()
    pool.join()
    for index, result in enumerate(results):
        try:
            outcomes[index] = Outcome(result.get())
        except Exception as error:
            outcomes[index] = Outcome(error=error)
    return outcomes
