# right: a guard in the worker makes every result an Outcome, imap keeps the order
import functools
import multiprocessing
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def _guarded(task, argument):
    try:
        return Outcome(value=task(argument))
    except Exception as error:
        return Outcome(error=error)


def fan_out(task, arguments, *, workers):
    with multiprocessing.Pool(workers) as pool:
        outcomes = list(pool.imap(functools.partial(_guarded, task), arguments))
        pool.close()
        pool.join()
    return outcomes
