# wrong: starmap unpacks an argument that is a tuple -> failed CONTRACT
import functools
import multiprocessing
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def _guarded(task, *args):
    try:
        return Outcome(task(*args))
    except Exception as error:
        return Outcome(error=error)


def fan_out(task, arguments, *, workers):
    pool = multiprocessing.Pool(workers)
    packed = [each if isinstance(each, tuple) else (each,) for each in arguments]
    outcomes = pool.starmap(functools.partial(_guarded, task), packed, chunksize=1)
    pool.close()
    pool.join()
    return outcomes
