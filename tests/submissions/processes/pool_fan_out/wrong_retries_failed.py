# wrong: a task that raised is run again -> failed CONTRACT
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
    arguments = list(arguments)
    pool = multiprocessing.Pool(workers)
    rs = [pool.apply_async(task, (a,)) for a in arguments]
    for i, r in enumerate(rs):
        r.wait()
        if not r.successful(): rs[i] = pool.apply_async(task, (arguments[i],))
    pool.close(); pool.join()
    return [outcome(r) for r in rs]
