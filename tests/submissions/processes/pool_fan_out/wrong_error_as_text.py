# wrong: keeps the exception's text instead of the exception -> failed EXCEPTION-LOST
import functools
import multiprocessing
import traceback
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def _guarded(task, argument):
    try:
        return True, task(argument)
    except Exception:
        return False, traceback.format_exc()


def fan_out(task, arguments, *, workers):
    pool = multiprocessing.Pool(workers)
    results = pool.map(functools.partial(_guarded, task), arguments, chunksize=1)
    pool.close()
    pool.join()
    return [Outcome(value=what) if fine else Outcome(error=what) for fine, what in results]
