# wrong: calls the job when making the thread, instead of handing it over -> deadlocked NOT-CONCURRENT
import threading


def run_all(jobs):
    results = [None] * len(jobs)
    errors = [None] * len(jobs)

    def work(i):
        try:
            results[i] = jobs[i]()
        except BaseException as error:
            errors[i] = error

    threads = []
    for i in range(len(jobs)):
        thread = threading.Thread(target=work(i))
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()
    for error in errors:
        if error is not None:
            raise error
    return results
