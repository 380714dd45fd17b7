# wrong: makes do with one worker where less than one is asked for -> failed CONTRACT
import multiprocessing
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def fan_out(task, arguments, *, workers):
    pool = multiprocessing.Pool(max(workers, 1))
    results = [pool.apply_async(task, (argument,)) for argument in arguments]
    pool.close()
    pool.join()
    outcomes = []
    for result in results:
        try:
            outcomes.append(Outcome(result.get()))
        except Exception as error:
            outcomes.append(Outcome(error=error))
    return outcomes
