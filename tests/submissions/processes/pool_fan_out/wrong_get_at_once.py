# wrong: asks for each result right after handing the task out -> failed NOT-CONCURRENT
import multiprocessing
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def fan_out(task, arguments, *, workers):
    pool = multiprocessing.Pool(processes=workers)
    outcomes = []
    for argument in arguments:
        result = pool.apply_async(task, args=(argument,))
        try:
            outcomes.append(Outcome(value=result.get()))
        except Exception as error:
            outcomes.append(Outcome(error=error))
    pool.close()
    pool.join()
    return outcomes
