# wrong: keeps errors in a global list that the next call finds -> failed CONTRACT
import threading

errors = []


def run_all(jobs):
    results = [None] * len(jobs)

    def work(i):
        try:
            results[i] = jobs[i]()
        except BaseException as error:
            errors.append((i, error))

    threads = [threading.Thread(target=work, args=(i,)) for i in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise min(errors, key=lambda entry: entry[0])[1]
    return results
