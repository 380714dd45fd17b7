# wrong: imap_unordered -> failed RESULT-ORDER
import functools
import multiprocessing
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def _guarded(task, argument):
    try:
        return Outcome(task(argument))
    except Exception as error:
        return Outcome(error=error)


def fan_out(task, arguments, *, workers):
    pool = multiprocessing.Pool(workers)
    outcomes = list(pool.imap_unordered(functools.partial(_guarded, task), arguments))
    pool.close()
    pool.join()
    return outcomes
