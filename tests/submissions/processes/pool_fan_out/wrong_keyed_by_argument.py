# wrong: results in a dictionary by argument -> failed CONTRACT
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
    rs = {a: None for a in arguments}
    for a in rs: rs[a] = pool.apply_async(task, (a,))
    pool.close(); pool.join()
    return [outcome(r) for r in rs.values()]
