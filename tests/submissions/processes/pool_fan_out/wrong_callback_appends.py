# wrong: collects outcomes in callbacks, in the order in which tasks end -> failed RESULT-ORDER
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
        pool.apply_async(
            task,
            (argument,),
            callback=lambda value: outcomes.append(Outcome(value)),
            error_callback=lambda error: outcomes.append(Outcome(error=error)),
        )
    pool.close()
    pool.join()
    return outcomes
