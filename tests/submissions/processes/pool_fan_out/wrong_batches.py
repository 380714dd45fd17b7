# wrong: runs the arguments in batches, each of which waits for its slowest task -> failed NOT-CONCURRENT
import itertools
import multiprocessing
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def _get(result):
    try:
        return Outcome(result.get())
    except Exception as error:
        return Outcome(error=error)


def fan_out(task, arguments, *, workers):
    pool = multiprocessing.Pool(workers)
    arguments = iter(arguments)
    outcomes = []
    while batch := list(itertools.islice(arguments, workers)):
        results = [pool.apply_async(task, (argument,)) for argument in batch]
        outcomes.extend(_get(result) for result in results)
    pool.close()
    pool.join()
    return outcomes
