# right: threads send (place, result, exception) through a queue, and are joined
import queue
import threading


def run_all(jobs):
    sent = queue.Queue()

    def work(place, job):
        try:
            sent.put((place, job(), None))
        except BaseException as error:
            sent.put((place, None, error))

    threads = [threading.Thread(target=work, args=entry) for entry in enumerate(jobs)]
    for thread in threads:
        thread.start()
    results = [None] * len(jobs)
    errors = [None] * len(jobs)
    for _ in threads:
        place, result, error = sent.get()
        results[place], errors[place] = result, error
    for thread in threads:
        thread.join()
    for error in errors:
        if error is not None:
            raise error
    return results
