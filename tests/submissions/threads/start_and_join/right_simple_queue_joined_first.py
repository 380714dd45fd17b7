# right: joins first, then empties a queue of (place, result, exception)
import queue
import threading


def run_all(jobs):
    sent = queue.SimpleQueue()

    def work(place, job):
        try:
            sent.put((place, job(), None))
        except BaseException as error:
            sent.put((place, None, error))

    threads = [threading.Thread(target=work, args=entry) for entry in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ends = sorted((sent.get() for _ in jobs), key=lambda end: end[0])
    for _, _, error in ends:
        if error is not None:
            raise error
    return [result for _, result, _ in ends]
