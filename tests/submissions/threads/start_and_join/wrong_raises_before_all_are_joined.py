# wrong: raises as soon as it has joined the failing thread -> leaked THREAD-LEAK
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
    for thread, i in zip(threads, range(len(jobs))):
        thread.join()
        if errors[i] is not None:
            raise errors[i]
    return results
