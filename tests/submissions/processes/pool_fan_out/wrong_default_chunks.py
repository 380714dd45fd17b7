# wrong: map with chunks of several arguments -> failed NOT-CONCURRENT
import multiprocessing
from dataclasses import dataclass
@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None
def outcome(r):
    try: return Outcome(r.get())
    except Exception as e: return Outcome(error=e)

import functools
def safe(task, a):
    try: return Outcome(task(a))
    except Exception as e: return Outcome(error=e)
def fan_out(task, arguments, *, workers):
    pool = multiprocessing.Pool(workers)
    try: return pool.map(functools.partial(safe, task), arguments)
    finally: pool.close(); pool.join()
