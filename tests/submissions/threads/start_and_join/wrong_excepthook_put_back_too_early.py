# wrong: puts the hook back that it found, while a later run_all has its own there -> failed EXCEPTION-LOST
import threading


def run_all(jobs):
    results = [None] * len(jobs)
    errors = {}

    def work(i):
        results[i] = jobs[i]()

    def note(args):
        if args.thread in threads:
            errors[args.thread] = args.exc_value
        else:
            before(args)

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
