# wrong: takes a SystemExit that a job returned for one that it raised -> failed CONTRACT
import threading
def run_all(jobs):
    results = [None] * len(jobs)
    errors = [None] * len(jobs)
    def work(i):
        try:
            r = jobs[i]()
        except BaseException as e:
            r = e
            errors[i] = isinstance(e, Exception)
        results[i] = r
    ts = [threading.Thread(target=work, args=(i,)) for i in range(len(jobs))]
    for t in ts: t.start()
    for t in ts: t.join()
    for r, e in zip(results, errors):
        if e or (isinstance(r, BaseException) and not isinstance(r, Exception)):
            raise r
    return results
