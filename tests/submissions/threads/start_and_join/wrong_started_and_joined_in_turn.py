# wrong: joins each thread before starting the next -> deadlocked NOT-CONCURRENT
import threading


def run_all(jobs):
    results = [None] * len(jobs)
    errors = [None] * len(jobs)

    def work(i):
        try:
            results[i] = jobs[i]()
        except BaseException as error:
            errors[i] = error

    for i in range(len(jobs)):
        thread = threading.Thread(target=work, args=(i,))
        thread.start()
        thread.join()
    for error in errors:
        if error is not None:
            raise error
    return results
