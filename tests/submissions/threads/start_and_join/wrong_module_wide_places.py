# wrong: results in dictionaries of the module, cleared by every call -> failed CONTRACT
import threading
_results = {}
_errors = {}
def run_all(jobs):
    _results.clear(); _errors.clear()
    def work(i, job):
        try: r = job()
        except BaseException as e: _errors[i] = e
        else: _results[i] = r
    ts = [threading.Thread(target=work, args=(i, j)) for i, j in enumerate(jobs)]
    for t in ts: t.start()
    for t in ts: t.join()
    for i in sorted(_errors): raise _errors[i]
    return [_results[i] for i in range(len(jobs))]
