# wrong: catches Exception, and SystemExit is none -> failed EXCEPTION-LOST
import threading


def run_all(jobs):
    results = [None] * len(jobs)
    errors = [None] * len(jobs)

    def work(i):
        try:
            results[i] = jobs[i]()
        except Exception as error:
            errors[i] = error

    threads = [threading.Thread(target=work, args=(i,)) for i in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for error in errors:
        if error is not None:
            raise error
    return results
