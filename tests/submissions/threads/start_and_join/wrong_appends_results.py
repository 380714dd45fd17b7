# wrong: each thread appends its result when it is done -> failed RESULT-ORDER
import threading


def run_all(jobs):
    results = []
    errors = {}

    def work(i, job):
        try:
            results.append(job())
        except BaseException as error:
            errors[i] = error

    threads = [threading.Thread(target=work, args=(i, job)) for i, job in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[min(errors)]
    return results
