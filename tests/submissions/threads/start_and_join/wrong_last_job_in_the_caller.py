# wrong: saves a thread by running the last job itself -> failed CONTRACT
import threading


def run_all(jobs):
    results = [None] * len(jobs)
    errors = [None] * len(jobs)

    def work(i):
        try:
            results[i] = jobs[i]()
        except BaseException as error:
            errors[i] = error

    threads = [threading.Thread(target=work, args=(i,)) for i in range(len(jobs) - 1)]
    for thread in threads:
        thread.start()
    if jobs:
        work(len(jobs) - 1)
    for thread in threads:
        thread.join()
    for error in errors:
        if error is not None:
            raise error
    return results
