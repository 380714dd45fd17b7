# wrong: raises the exception that came first, not the first job's -> failed RESULT-ORDER
import threading


def run_all(jobs):
    results = [None] * len(jobs)
    errors = []

    def work(i):
        try:
            results[i] = jobs[i]()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(i,)) for i in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return results
