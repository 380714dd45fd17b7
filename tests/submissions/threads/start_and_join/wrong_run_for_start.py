# wrong: calls run() where start() is meant, so all happens in the caller's thread -> deadlocked NOT-CONCURRENT
import threading


def run_all(jobs):
    results = [None] * len(jobs)
    errors = [None] * len(jobs)

    def work(i):
        try:
            results[i] = jobs[i]()
        except BaseException as error:
            errors[i] = error

    threads = [threading.Thread(target=work, args=(i,)) for i in range(len(jobs))]
    for thread in threads:
        thread.run()
    for error in errors:
        if error is not None:
            raise error
    return results
