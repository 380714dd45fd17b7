# wrong: with one worker or one argument the tasks run in the caller's own process -> failed CONTRACT
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
        return Outcome(error=error)


def fan_out(task, arguments, *, workers):
    arguments = list(arguments)
    if workers == 1 or len(arguments) == 1:
        return [call(task, argument) for argument in arguments]
    pool = multiprocessing.Pool(workers)
    results = [pool.apply_async(call, (task, argument)) for argument in arguments]
    pool.close()
    pool.join()
    return [result.get() for result in results]
