# right: callbacks that know their index fill a list of slots
import functools
import multiprocessing
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def fan_out(task, arguments, *, workers):
    arguments = list(arguments)
    slots = [Outcome()] * len(arguments)

    def done(index, value):
        slots[index] = Outcome(value=value)

    def failed(index, error):
        slots[index] = Outcome(error=error)

    pool = multiprocessing.Pool(workers)
    for index, argument in enumerate(arguments):
        pool.apply_async(
            task,
            (argument,),
            callback=functools.partial(done, index),
            error_callback=functools.partial(failed, index),
        )
    pool.close()
    pool.join()
    return slots
