# wrong: comes back when the results are there, with threads still ending -> leaked THREAD-LEAK
import queue
import threading


def run_all(jobs):
    done = queue.Queue()

    def work(i, job):
        try:
            done.put((i, job(), None))
        except BaseException as error:
            done.put((i, None, error))

    for i, job in enumerate(jobs):
        threading.Thread(target=work, args=(i, job)).start()
    results = [None] * len(jobs)
    errors = [None] * len(jobs)
    for _ in jobs:
        i, result, error = done.get()
        results[i] = result
        errors[i] = error
    for error in errors:
        if error is not None:
            raise error
    return results
