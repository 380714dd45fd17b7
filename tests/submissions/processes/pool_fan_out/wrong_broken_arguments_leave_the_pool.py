# wrong: arguments that raise leave the pool behind -> failed POOL-ABANDONED
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
    pool = multiprocessing.Pool(workers)
    rs = []
    for a in arguments: rs.append(pool.apply_async(task, (a,)))
    pool.close(); pool.join()
    return [outcome(r) for r in rs]
