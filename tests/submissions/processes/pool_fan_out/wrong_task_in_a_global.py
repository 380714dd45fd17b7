# wrong: leaves the task in a global: fork copies it, forkserver and spawn start afresh -> failed CONTRACT
import multiprocessing
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


_task = None


def _call(argument):
    try:
        return Outcome(_task(argument))
    except Exception as error:
        return Outcome(error=error)


def fan_out(task, arguments, *, workers):
    global _task
    _task = task
    pool = multiprocessing.Pool(workers)
    outcomes = list(pool.imap(_call, arguments))
    pool.close()
    pool.join()
    return outcomes
