# wrong: workers=0 is accepted where there are no arguments -> failed CONTRACT
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
    if not arguments: return []
    pool = multiprocessing.Pool(workers)
    rs = [pool.apply_async(task, (a,)) for a in arguments]
    pool.close(); pool.join()
    return [outcome(r) for r in rs]
