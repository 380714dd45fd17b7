# wrong: the errors live in a default argument, and only the one that is raised leaves it -> failed CONTRACT
import threading

def run_all(jobs, _errors={}):
    results = [None] * len(jobs)
    def work(i, job):
        try:
            results[i] = job()
        except BaseException as e:
            _errors[i] = e
    threads = [threading.Thread(target=work, args=p) for p in enumerate(jobs)]
    for t in threads: t.start()
    for t in threads: t.join()
    for i in sorted(_errors):
        raise _errors.pop(i)
    return results
