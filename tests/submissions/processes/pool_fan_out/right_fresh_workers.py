# right: a pool whose workers are replaced after each task
import multiprocessing
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def fan_out(task, arguments, *, workers):
    pool = multiprocessing.Pool(workers, maxtasksperchild=1)
    results = [pool.apply_async(task, [argument]) for argument in arguments]
    pool.close()
    for result in results:
        result.wait()
    pool.join()
    outcomes = []
    for result in results:
        if result.successful():
            outcomes.append(Outcome(value=result.get()))
        else:
            try:
                result.get()
            except Exception as error:
                outcomes.append(Outcome(error=error))
    return outcomes
