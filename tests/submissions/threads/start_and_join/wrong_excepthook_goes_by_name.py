# wrong: a hook for all threads takes the first thread of any run_all for its own first -> failed CONTRACT
import threading


def run_all(jobs):
    results = [None] * len(jobs)
    errors = {}

    def work(i):
        results[i] = jobs[i]()

    def note(args):
        errors[int(args.thread.name)] = args.exc_value

    threads = [threading.Thread(target=work, args=(i,), name=str(i)) for i in range(len(jobs))]
    before, threading.excepthook = threading.excepthook, note
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    threading.excepthook = before
    if errors:
        raise errors[min(errors)]
    return results
