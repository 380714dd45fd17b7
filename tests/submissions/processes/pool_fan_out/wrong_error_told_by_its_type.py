# wrong: tells errors from values by isinstance, so a task cannot return an exception object -> failed CONTRACT
import functools
import multiprocessing
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def _guarded(task, argument):
    try:
        return task(argument)
    except Exception as error:
        return error


def fan_out(task, arguments, *, workers):
    pool = multiprocessing.Pool(workers)
    results = list(pool.imap(functools.partial(_guarded, task), arguments))
    pool.close()
    pool.join()
    return [Outcome(error=each) if isinstance(each, BaseException) else Outcome(each) for each in results]
