# wrong: map raises the first error, and every other outcome is gone -> failed CONTRACT
import multiprocessing
from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None


def fan_out(task, arguments, *, workers):
    pool = multiprocessing.Pool(workers)
    try:
        return [Outcome(value) for value in pool.map(task, arguments, chunksize=1)]
    finally:
        pool.close()
        pool.join()
