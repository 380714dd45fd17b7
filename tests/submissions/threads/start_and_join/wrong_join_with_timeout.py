# wrong: joins with a timeout and takes its end for the thread's end -> leaked THREAD-LEAK
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
        thread.start()
    for thread in threads:
        thread.join(timeout=1)
    for error in errors:
        if error is not None:
            raise error
    return results
