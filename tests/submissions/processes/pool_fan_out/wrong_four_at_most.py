# wrong: never more than four workers -> failed NOT-CONCURRENT
import multiprocessing
from dataclasses import dataclass
@dataclass(frozen=True)
class Outcome:
    value: object = None
    error: BaseException | None = None
def outcome(r):
    try: return Outcome(r.get())
    except Exception as e: return Outcome(error=e)

def fan_out(task, arguments, *, workers):
    pool = multiprocessing.Pool(min(workers, 4))
    rs = [pool.apply_async(task, (a,)) for a in arguments]
    pool.close(); pool.join()
    return [outcome(r) for r in rs]
