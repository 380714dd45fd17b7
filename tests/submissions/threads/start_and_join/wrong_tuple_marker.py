# wrong: a job that raised is marked by a tuple that a job may return too -> failed CONTRACT
import threading
def run_all(jobs):
    results = [None] * len(jobs)
    def work(i):
        try:
            results[i] = jobs[i]()
        except BaseException as e:
            results[i] = ("error", e)
    ts = [threading.Thread(target=work, args=(i,)) for i in range(len(jobs))]
    for t in ts: t.start()
    for t in ts: t.join()
    for r in results:
        if isinstance(r, tuple) and r[0] == "error":
            raise r[1]
    return results
