# right: apply_async for each, get in order, close and join in finally
import multiprocessing
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def fan_out(task, arguments, *, workers):
    pool = multiprocessing.Pool(workers)
    try:
        results = [pool.apply_async(task, (argument,)) for argument in arguments]
        outcomes = []
        for result in results:
            try:
                outcomes.append(Outcome(value=result.get()))
            except BaseException as error:
                outcomes.append(Outcome(error=error))
        return outcomes
    finally:
        pool.close()
        pool.join()
