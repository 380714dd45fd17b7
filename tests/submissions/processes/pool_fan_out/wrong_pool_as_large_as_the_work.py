# wrong: makes the pool no larger than the work: without arguments that is a pool of none -> failed CONTRACT
import multiprocessing
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def fan_out(task, arguments, *, workers):
    arguments = list(arguments)
    pool = multiprocessing.Pool(min(workers, len(arguments)))
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
