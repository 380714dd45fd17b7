# right: looks again and again whether its threads are among the living ones, then joins them
import threading, time
def run_all(jobs):
    results = [None] * len(jobs)
    errors = [None] * len(jobs)
    def work(i, job):
        try:
            results[i] = job()
        except BaseException as e:
            errors[i] = e
    threads = [threading.Thread(target=work, args=p) for p in enumerate(jobs)]
    for t in threads: t.start()
    while any(t in threading.enumerate() for t in threads):
        time.sleep(0.01)
    for t in threads: t.join()
    for e in errors:
        if e is not None: raise e
    return results
