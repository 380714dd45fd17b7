# wrong: the lambda looks at the loop variables when it runs, not when it is made -> failed CONTRACT
import threading


def run_all(jobs):
    results = [None] * len(jobs)
    errors = [None] * len(jobs)

    def work(i, job):
        try:
            results[i] = job()
        except BaseException as error:
            errors[i] = error

    threads = []
    for i, job in enumerate(jobs):
        thread = threading.Thread(target=lambda: work(i, job))
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()
    for error in errors:
        if error is not None:
            raise error
    return results
