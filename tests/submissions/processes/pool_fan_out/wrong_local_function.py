# wrong: sends the pool a function defined inside another one, which cannot be pickled -> failed PICKLE
import multiprocessing
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def fan_out(task, arguments, *, workers):
    def guarded(argument):
        try:
            return Outcome(task(argument))
        except Exception as error:
            return Outcome(error=error)

    pool = multiprocessing.Pool(workers)
    try:
        return pool.map(guarded, arguments)
    finally:
        pool.close()
        pool.join()
