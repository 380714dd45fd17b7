# wrong: makes the exception anew from its type and text: of two arguments it keeps one -> failed EXCEPTION-LOST
import multiprocessing
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def call(task, argument):
    try:
        return Outcome(task(argument))
    except Exception as error:
        return Outcome(error=type(error)(str(error)))


def fan_out(task, arguments, *, workers):
    pool = multiprocessing.Pool(workers)
    results = [pool.apply_async(call, (task, argument)) for argument in arguments]
    pool.close()
    pool.join()
    return [result.get() for result in results]
