# wrong: takes errors from the hook of all threads, which a run_all inside a job replaces -> failed EXCEPTION-LOST
import threading


def run_all(jobs):
    results = [None] * len(jobs)
    errors = {}

    def work(i):
        results[i] = jobs[i]()

    def note(args):
        errors[args.thread] = args.exc_value

    threads = [threading.Thread(target=work, args=(i,)) for i in range(len(jobs))]
    before, threading.excepthook = threading.excepthook, note
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    threading.excepthook = before
    for thread in threads:
        if thread in errors:
            raise errors[thread]
    return results
