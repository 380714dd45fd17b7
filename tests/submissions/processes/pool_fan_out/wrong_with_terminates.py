# wrong: leaving the with block terminates the pool; nothing closes and joins it -> failed POOL-ABANDONED
import multiprocessing
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def fan_out(task, arguments, *, workers):
    outcomes = []
    with multiprocessing.Pool(workers) as pool:
        for result in [pool.apply_async(task, (argument,)) for argument in arguments]:
            try:
                outcomes.append(Outcome(result.get()))
            except Exception as error:
                outcomes.append(Outcome(error=error))
    return outcomes
