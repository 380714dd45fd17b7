# wrong: a failed task leaves no outcome behind -> failed EXCEPTION-LOST
import multiprocessing
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def fan_out(task, arguments, *, workers):
    slots = {}
    pool = multiprocessing.Pool(workers)
    for index, argument in enumerate(arguments):
        pool.apply_async(task, (argument,), callback=lambda value, index=index: slots.update({index: Outcome(value)}))
    pool.close()
    pool.join()
    return [slots[index] for index in sorted(slots)]
