# wrong: apply waits for each task before the next one is handed out -> failed NOT-CONCURRENT
import multiprocessing
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def fan_out(task, arguments, *, workers):
    outcomes = []
    pool = multiprocessing.Pool(workers)
    for argument in arguments:
        try:
            outcomes.append(Outcome(pool.apply(task, (argument,))))
        except Exception as error:
            outcomes.append(Outcome(error=error))
    pool.close()
    pool.join()
    return outcomes
