# right: map in chunks of one over a guarded task
import functools
import multiprocessing
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def _call(task, argument):
    try:
        return (task(argument), None)
    except Exception as error:
        return (None, error)


def fan_out(task, arguments, *, workers):
    if workers < 1:
        raise ValueError(f"workers must be at least 1, not {workers}")
    pool = multiprocessing.Pool(processes=workers)
    pairs = pool.map(functools.partial(_call, task), list(arguments), chunksize=1)
    pool.close()
    pool.join()
    return [Outcome(value, error) for value, error in pairs]
