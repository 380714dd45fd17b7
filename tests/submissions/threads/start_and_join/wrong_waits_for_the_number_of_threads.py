# wrong: waits until no more threads are counted than before, and joins none -> leaked THREAD-LEAK
import threading, time

def run_all(jobs):
    before = threading.active_count()
    results = [None] * len(jobs)
    errors = [None] * len(jobs)
    def work(i, job):
        try:
            results[i] = job()
        except BaseException as e:
            errors[i] = e
    for p in enumerate(jobs):
        threading.Thread(target=work, args=p).start()
    while threading.active_count() > before:
        time.sleep(0.01)
    for e in errors:
        if e is not None: raise e
    return results
