# wrong: deals the arguments out in equal shares; a worker that is through sits idle -> failed NOT-CONCURRENT
import functools
import itertools
import multiprocessing
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def _share(task, share):
    outcomes = []
    for index, argument in share:
        try:
            outcomes.append((index, Outcome(task(argument))))
        except Exception as error:
            outcomes.append((index, Outcome(error=error)))
    return outcomes


def fan_out(task, arguments, *, workers):
    if workers < 1:
        raise ValueError("no workers")
    numbered = list(enumerate(arguments))
    shares = [numbered[start::workers] for start in range(workers)]
    pool = multiprocessing.Pool(workers)
    collected = pool.map(functools.partial(_share, task), shares, chunksize=1)
    pool.close()
    pool.join()
    return [outcome for _, outcome in sorted(itertools.chain.from_iterable(collected), key=lambda pair: pair[0])]
