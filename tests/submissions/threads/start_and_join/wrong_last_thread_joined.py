# wrong: the join has slipped out of the loop, so only the last thread is waited for -> leaked THREAD-LEAK
import threading


def run_all(jobs):
    results = [None] * len(jobs)
    errors = [None] * len(jobs)

    def work(i):
        try:
            results[i] = jobs[i]()
        except BaseException as error:
            errors[i] = error

    thread = None
    for i in range(len(jobs)):
        thread = threading.Thread(target=work, args=(i,))
        thread.start()
    if thread is not None:
        thread.join()
    for error in errors:
        if error is not None:
            raise error
    return results
