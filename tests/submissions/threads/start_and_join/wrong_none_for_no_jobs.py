# wrong: gives None for no jobs -> failed CONTRACT
import threading


def run_all(jobs):
    results = [None] * len(jobs)
    errors = {}

    def work(i):
        try:
            results[i] = jobs[i]()
        except BaseException as error:
            errors[i] = error

    if not jobs:
        return None
    threads = [threading.Thread(target=work, args=(i,)) for i in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[min(errors)]
    return results
