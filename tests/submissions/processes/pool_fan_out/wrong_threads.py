# wrong: a pool of threads, which share the process of the caller -> failed CONTRACT
from dataclasses import dataclass
from multiprocessing.pool import ThreadPool


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def fan_out(task, arguments, *, workers):
    pool = ThreadPool(workers)
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
